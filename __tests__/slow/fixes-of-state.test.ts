import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProcess } from '../../lib/run-process';
import { Bucket } from '../ci/workflows/bucket';
import { namesInTable, OpsSandbox, PLACE, ROOT, runOps, stackFolder } from '../ops/support';
import { describeWithProvider } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Each step synthesizes, plans and applies with the real provider.
jest.setTimeout(180_000);

const JOBS = namesInTable('dev');
const JOB_TYPE = 'google_cloud_scheduler_job';
const BUCKET = 'my-bucket';

describeWithProvider()('with a state in a bucket', () => {
  const bucket = new Bucket();
  let acceptsStates = true;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const url = new URL(request.url ?? '/', 'http://bucket');
      const path = bucket.restPath(decodeURIComponent(url.pathname), BUCKET);
      const isRefused = !acceptsStates && body.includes('default.tfstate"');
      const { status, content, headers } = isRefused
        ? { status: 403, content: '{"error": {"code": 403, "message": "no"}}', headers: {} }
        : bucket.answer(request.method ?? '', path, url, body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content);
    })();
  });
  let sandbox: OpsSandbox;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start(runOps);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { TF_STATE_DIR: _, ...rest } = sandbox.env;
    const GOOGLE_STORAGE_CUSTOM_ENDPOINT = `http://127.0.0.1:${port}/storage/v1/`;
    env = { ...rest, TF_STATE_BUCKET: BUCKET, GOOGLE_STORAGE_CUSTOM_ENDPOINT };
    await requireSuccess('setup', 'dev');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await sandbox.close();
  });

  async function requireSuccess(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await runOps(env, args);
    expect({ args, status, stderr: status === 0 ? '' : stderr }).toMatchObject({ status: 0 });
    return stdout;
  }

  async function fixOf(from: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
    const { status, stderr } = await runOps(from, args);
    expect({ args, status, stderr }).toMatchObject({ status: 1 });
    return /[^]*Fix: (.*)/.exec(stderr)?.[1] ?? '';
  }

  async function inShell(command: string): Promise<void> {
    const { status, stdout, stderr } = await runProcess('sh', ['-c', command], { cwd: ROOT, env });
    expect({ command, status, output: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
  }

  it('an empty state is the wrong one, and the setting that is named has the other', async () => {
    expect(await fixOf(sandbox.env, 'setup', 'dev')).toMatch(
      /^set TF_STATE_BUCKET, .* as for the last deploy; only if that state is lost/,
    );
    expect(await requireSuccess('setup', 'dev')).toBe(`dev is up to date in ${PLACE}.\n`);
  });

  it('a lock of a process that was killed is taken off by the command that is named', async () => {
    // It holds the lock while it waits for an answer.
    const holder = spawn('terraform', ['destroy', '-refresh=false', '-no-color'], {
      cwd: stackFolder(sandbox.env, 'dev'),
      env,
    });
    const ended = once(holder, 'close');
    while (![...bucket.objects.keys()].some((name) => name.endsWith('.tflock'))) await sleep(50);
    holder.kill('SIGKILL');
    await ended;
    const fix = await fixOf(env, 'setup', 'dev');
    const [, unlock = ''] =
      /; only if .*: (terraform -chdir=\S+ force-unlock \d+)$/.exec(fix) ?? [];
    await inShell(`echo yes | ${unlock}`);
    await requireSuccess('setup', 'dev');
  });

  it('a state that could not be saved is pushed by the commands that are named', async () => {
    await sandbox.deleteJob(JOBS[0] ?? '');
    acceptsStates = false;
    const fix = await fixOf(env, 'setup', 'dev');
    acceptsStates = true;
    expect(await fixOf(env, 'setup', 'dev')).toBe(fix);
    for (const step of fix.split(', then ')) await inShell(step);
    expect(await requireSuccess('setup', 'dev')).toBe(`dev is up to date in ${PLACE}.\n`);
  });

  it('delete-all deletes what it left, after the import that it names', async () => {
    const folder = stackFolder(sandbox.env, 'dev');
    await inShell(`terraform -chdir=${folder} state rm ${JOB_TYPE}.clear-sessions`);
    const deleteAll = ['delete-all', 'dev', '--confirm', 'validibot-dev'];
    const fix = await fixOf(env, ...deleteAll);
    expect(fix).toBe('just gcp-scheduler-import dev --apply, then run the same command again');
    await requireSuccess('import', 'dev', '--apply');
    await requireSuccess(...deleteAll);
    expect(await sandbox.jobNames()).toEqual([]);
  });
});
