import fs from 'node:fs';
import path from 'node:path';
import { runProcess, type Outcome } from '../../lib/run-process';
import { PROVIDER_LOCK } from '../../stages/provider-lock';
import { OpsSandbox } from '../ops/support';
import { projectCopy } from '../support/project-copy';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

const HASH = /"h1:[^"]+"/;

/** A folder of providers in the layout of a mirror, with the one that terraform installs here. */
function mirrorOf(initialized: string): string {
  const mirror = temporaryFolder();
  fs.cpSync(path.join(initialized, '.terraform', 'providers'), mirror, {
    recursive: true,
    dereference: true,
  });
  return mirror;
}

describeWithProvider()('the lock of the google provider', () => {
  const root = projectCopy();
  const outdir = temporaryFolder();
  const file = path.join(root, PROVIDER_LOCK);
  const stack = path.join(outdir, 'stacks', 'validibot-dev');
  const opsStack = path.join(outdir, 'ops', 'dev', 'stacks', 'validibot-dev');
  let cloud: OpsSandbox;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    fs.rmSync(file, { force: true });
    cloud = await OpsSandbox.start();
    // Commands that do not know that they are in a sandbox use the lock, as deploys do.
    env = { ...cloud.env, CDKTF_OUTDIR: outdir, SANDBOX_URL: undefined, TF_DATA_DIR: undefined };
  });
  afterAll(() => cloud.close());

  const run = (command: string[], variables = env, cwd = root): Promise<Outcome> => {
    const [name = '', ...args] = command;
    return runProcess(name, args, { cwd, env: variables });
  };
  const launch = (...args: string[]): string[] => ['node', 'lib/launch/main.js', ...args];
  const review = launch('ops/start.ts', 'review', 'dev');

  it('is written from a mirror, and used by synth, terraform and operations', async () => {
    await run(launch('main.ts'));
    expect(await run(['terraform', 'init'], env, stack)).toMatchObject({ status: 0 });

    const options = ['-platform=linux_amd64', `-fs-mirror=${mirrorOf(stack)}`];
    const locked = await run(launch('tools/lock-provider/main.ts', ...options));
    expect(locked.stdout).toContain(`${PROVIDER_LOCK} locks google `);
    expect(locked.status).toBe(0);
    expect(fs.readFileSync(file, 'utf8')).toMatch(HASH);

    fs.rmSync(path.join(stack, '.terraform.lock.hcl'));
    await run(launch('main.ts'));
    expect(await run(['terraform', 'init', '-lockfile=readonly'], env, stack)).toMatchObject({
      status: 0,
    });
    expect(await run(review)).toMatchObject({ status: 0 });
    expect(fs.readFileSync(path.join(opsStack, '.terraform.lock.hcl'))).toEqual(
      fs.readFileSync(file),
    );
  }, 120_000);

  it('stops operations with another build of the provider, and says why', async () => {
    const wrong = fs.readFileSync(file, 'utf8').replace(HASH, `"h1:${'A'.repeat(43)}="`);
    fs.writeFileSync(file, wrong);

    const { status, stderr } = await run(review);

    expect(status).toBe(1);
    expect(stderr).toMatch(/match\s+any\s+of\s+the\s+checksums/);
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `Cause: ${PROVIDER_LOCK} has the checksums of another build of the google provider.`,
    );
    expect(stderr).toContain('npm run lock-provider');
  }, 60_000);

  it('is not used in a sandbox, even after a deploy used it', async () => {
    const inSandbox = { ...cloud.env, CDKTF_OUTDIR: outdir };
    const { status, stderr } = await run(review, inSandbox);
    expect(stderr).not.toContain('checksums');
    expect(status).toBe(0);
    // What terraform wrote there belongs to the sandbox's provider; a deploy replaces it.
    expect(fs.readFileSync(path.join(opsStack, '.terraform.lock.hcl'), 'utf8')).not.toContain(
      'AAAAAA',
    );
  }, 60_000);

  it('in a stack, is named with its fix if there is none in the project', async () => {
    const own = path.join(opsStack, '.terraform.lock.hcl');
    fs.writeFileSync(own, fs.readFileSync(file));
    fs.rmSync(file);

    const { status, stderr } = await run(review);
    expect(status).toBe(1);
    const [, fix = ''] = /Fix: (rm \S+), then/.exec(stderr) ?? [];
    expect(fix).toBe(`rm ${own}`);

    await run(fix.split(' '));
    expect(await run(review)).toMatchObject({ status: 0 });
  }, 60_000);
});

it('is not changed if terraform cannot find the provider', async () => {
  const root = projectCopy();
  const file = path.join(root, PROVIDER_LOCK);
  fs.writeFileSync(file, 'as before');
  const args = ['tools/lock-provider/main.ts', `-fs-mirror=${temporaryFolder()}`];
  const outcome = await runProcess('node', ['lib/launch/main.js', ...args], { cwd: root });
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain(`${PROVIDER_LOCK} was not changed.`);
  expect(fs.readFileSync(file, 'utf8')).toBe('as before');
});
