import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { runProcess } from '../../lib/run-process';
import { describeWithProvider } from '../support/terraform';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * The promise of sandbox/README.md: another project copies the folder, with constructs/ for the
 * schedules, and its own service is called as by Cloud Scheduler.
 */

const root = path.join(__dirname, '..', '..');
const ACCOUNT = 'scheduler@my-project.iam.gserviceaccount.com';
const CALLER = 'reports-caller@my-project.iam.gserviceaccount.com';
const PARENT = 'projects/my-project/locations/europe-west1';

jest.setTimeout(5 * 60_000);

const project = temporaryFolder();

beforeAll(() => {
  fs.writeFileSync(path.join(project, 'package.json'), '{"name": "reports", "private": true}');
  for (const folder of ['constructs', 'page', 'sandbox']) {
    fs.cpSync(path.join(root, folder), path.join(project, folder), { recursive: true });
  }
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    './constructs',
    './page',
    './sandbox',
  ];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm install ended with ${status}:\n${stdout}${stderr}`);
});

it('needs no CDKTF', () => {
  expect(fs.existsSync(path.join(project, 'node_modules', 'fastify'))).toBe(true);
  expect(fs.existsSync(path.join(project, 'node_modules', 'cdktf'))).toBe(false);
});

it('calls itself by the name of the command', () => {
  const bin = path.join(project, 'node_modules', '.bin', 'scheduled-jobs-sandbox');
  const { stdout } = spawnSync(bin, ['exec', '--help'], { encoding: 'utf8' });
  expect(stdout).toMatch(/^Usage: scheduled-jobs-sandbox exec \[options\] <command>/);
});

/** The installed command, from its ready line to its end. */
class Running {
  url = '';
  output = '';
  private readonly child: ChildProcess;

  constructor(...args: readonly string[]) {
    const bin = path.join(project, 'node_modules', '.bin', 'scheduled-jobs-sandbox');
    this.child = spawn(bin, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  async ready(): Promise<void> {
    while (this.url === '' && this.child.exitCode === null) {
      await setTimeout(50);
      this.url = /# The sandbox is at (\S+);/.exec(this.output)?.[1] ?? '';
    }
  }

  async call(method: string, place: string, body?: object): Promise<object> {
    const response = await fetch(`${this.url}${place}`, {
      method,
      headers: { authorization: 'Bearer any' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as object;
    if (!response.ok) throw new Error(`${method} ${place}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null) await once(this.child, 'close');
  }
}

describe('with the project’s own service', () => {
  const calls: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    calls.push(request);
    response.end('done');
  });
  let running: Running;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    running = new Running(
      '--project=my-project',
      '--region=europe-west1',
      `--service=reports=http://127.0.0.1:${port}`,
    );
    await running.ready();
  });

  afterAll(async () => {
    server.close();
    await running.stop();
  });

  it('serves its page', async () => {
    const text = await (await fetch(running.url)).text();
    expect(text).toContain('Sandbox: scheduled jobs in my-project (europe-west1)');
  });

  it('prints where the service is and which account it runs as', () => {
    expect(running.output).toMatch(
      /^# reports is at http:\/\/127\.0\.0\.1:\d+ and runs as (\S+)$/m,
    );
    expect(running.output).toContain(` runs as ${ACCOUNT}\n`);
    expect(running.output).toContain('export GCP_PROJECT_ID=my-project\n');
  });

  it('calls the service in a forced run, with a token like Google’s', async () => {
    const service = /# reports is at (\S+)/.exec(running.output)?.[1] ?? '';
    await running.call('POST', `/v2/${PARENT}/services/reports:setIamPolicy`, {
      policy: { bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }] },
    });
    await running.call('POST', `/v1/${PARENT}/jobs`, {
      name: `${PARENT}/jobs/nightly`,
      schedule: '30 4 * * *',
      timeZone: 'Europe/Berlin',
      httpTarget: {
        uri: `${service}/nightly`,
        httpMethod: 'POST',
        oidcToken: { serviceAccountEmail: ACCOUNT, audience: service },
      },
    });
    await running.call('POST', `/v1/${PARENT}/jobs/nightly:run`, {});
    // Returns when the run has finished.
    await running.call('POST', '/_sandbox/advance', { seconds: 1 });

    expect(calls.map(({ method, url: called }) => [method, called])).toEqual([
      ['POST', '/nightly'],
    ]);
    const token = calls[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const keys = createRemoteJWKSet(new URL(`${running.url}/oauth2/v3/certs`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: 'https://accounts.google.com',
      audience: service,
    });
    expect(payload).toMatchObject({ email: ACCOUNT, email_verified: true });
    expect(await running.call('GET', `/v1/${PARENT}/jobs/nightly`)).toMatchObject({ status: {} });
  });
});

/** outside/main.tf knows nothing of this project, and is used unchanged. */
describeWithProvider()('a Terraform configuration of another project', () => {
  interface Received {
    readonly place: string;
    readonly body: string;
    readonly email: unknown;
  }
  const received: Received[] = [];
  const folder = temporaryFolder();
  const exported = path.join(folder, 'export');
  let running: Running;
  /** The service, which verifies each token as it would verify Google's. */
  const server = http.createServer((request, response) => {
    void answer(request).then(
      (seen) => {
        received.push(seen);
        response.end();
      },
      (error: unknown) => response.writeHead(401).end(String(error)),
    );
  });

  async function answer(request: http.IncomingMessage): Promise<Received> {
    const body = (await request.toArray()).map(String).join('');
    const { url: place = '', headers } = request;
    const { payload } = await jwtVerify(
      headers.authorization?.replace('Bearer ', '') ?? '',
      createRemoteJWKSet(new URL(`${running.url}/oauth2/v3/certs`)),
      {
        issuer: 'https://accounts.google.com',
        audience: [`http://${headers.host ?? ''}`, 'reports'],
      },
    );
    return { place, body, email: payload.email };
  }

  /** Terraform with the variables that `env` prints, and none of its own. */
  function terraform(...args: readonly string[]): { status: number | null; text: string } {
    const { PATH, HOME } = process.env;
    const bin = path.join(project, 'node_modules', '.bin', 'scheduled-jobs-sandbox');
    const { status, stdout, stderr } = spawnSync(
      'sh',
      [
        '-ec',
        'eval "$("$0" env --url "$1")"; shift; exec terraform "$@"',
        bin,
        running.url,
        ...args,
      ],
      {
        cwd: folder,
        env: { PATH, HOME, CHECKPOINT_DISABLE: '1' },
        encoding: 'utf8',
      },
    );
    return { status, text: stdout + stderr };
  }

  /** Runs the jobs of a day, and returns what the service has received. */
  async function aDay(): Promise<Received[]> {
    received.length = 0;
    await running.call('POST', '/_sandbox/advance', { seconds: 86_400 });
    return received;
  }

  function expectADay(day: readonly Received[], pushedTo: string): void {
    const daily = { place: '/daily', body: '{"format":"pdf"}', email: CALLER };
    expect(day.filter(({ place }) => place === '/daily')).toEqual([daily]);
    const archived = { place: '/archive', body: '', email: CALLER };
    expect(day.filter(({ place }) => place === '/archive')).toEqual([archived]);
    const pushed = day.filter(({ place }) => place === pushedTo);
    expect(pushed.map(({ email }) => email)).toEqual(Array.from({ length: 4 }, () => CALLER));
    expect(JSON.parse(pushed[0]?.body ?? '')).toMatchObject({
      message: {
        data: Buffer.from('tick').toString('base64'),
        attributes: { source: 'scheduler' },
      },
      subscription: 'projects/my-project/subscriptions/ticks-to-reports',
    });
  }

  /** Sets the configuration's variables. */
  function configure(pushTo: string, variables: object = {}): void {
    const { port } = server.address() as AddressInfo;
    const endpoint = { push_endpoint: `http://127.0.0.1:${port}${pushTo}` };
    fs.writeFileSync(
      path.join(folder, 'terraform.tfvars.json'),
      JSON.stringify({ project: 'my-project', ...endpoint, ...variables }),
    );
  }

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    fs.copyFileSync(path.join(__dirname, 'outside', 'main.tf'), path.join(folder, 'main.tf'));
    configure('/pushed');
    running = new Running(
      '--project=my-project',
      '--region=europe-west1',
      `--service=reports=http://127.0.0.1:${port}`,
      `--server=archive=http://127.0.0.1:${port}`,
      `--export=${exported}`,
    );
    await running.ready();
  });
  afterAll(async () => {
    await running.stop();
    server.close();
  });

  it('applies, plans empty, and its jobs run', async () => {
    expect(terraform('init', '-input=false').status).toBe(0);
    const { status, text } = terraform('apply', '-auto-approve', '-input=false');
    expect([status, text]).toEqual([0, expect.stringContaining('12 added, 0 changed')]);
    expect(terraform('plan', '-detailed-exitcode', '-input=false').status).toBe(0);
    expectADay(await aDay(), '/pushed');
  });

  it('changes labels, a push endpoint and an ack deadline in place', async () => {
    configure('/pushed/elsewhere', { ack_deadline: 30, labels: { team: 'reports' } });
    const { status, text } = terraform('apply', '-auto-approve', '-input=false');
    expect([status, text]).toEqual([0, expect.stringContaining('0 added, 2 changed, 0 destroyed')]);
    expect(terraform('plan', '-detailed-exitcode', '-input=false').status).toBe(0);
    expectADay(await aDay(), '/pushed/elsewhere');
  });

  it('is exported at the end, and imported: it plans empty, and its jobs run again', async () => {
    await running.stop();
    const { port } = server.address() as AddressInfo;
    running = new Running(
      `--import=${exported}`,
      `--service=reports=http://127.0.0.1:${port}`,
      `--server=archive=http://127.0.0.1:${port}`,
    );
    await running.ready();
    expect(running.output).toContain('export GCP_PROJECT_ID=my-project\n');
    const { status, text } = terraform('plan', '-detailed-exitcode', '-input=false');
    expect([status, text]).toEqual([0, expect.stringContaining('No changes.')]);
    expectADay(await aDay(), '/pushed/elsewhere');
  });
});

describeWithProvider()('the example for GitHub Actions', () => {
  const readme = fs.readFileSync(path.join(root, 'sandbox', 'README.md'), 'utf8');
  const [, step = ''] = /- run: >\n([^]*?test-jobs\.sh)\n/.exec(readme) ?? [];
  const [, script = ''] = /```bash\n(#!\/usr\/bin\/env bash\n[^]*?)```/.exec(readme) ?? [];
  let status = 200;
  const server = http.createServer((request, response) => {
    request.resume();
    response.writeHead(status).end();
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    fs.copyFileSync(path.join(__dirname, 'outside', 'main.tf'), path.join(project, 'main.tf'));
    const backend = 'terraform {\n  backend "gcs" { bucket = "not-ours" }\n}\n';
    fs.writeFileSync(path.join(project, 'backend.tf'), backend);
    fs.writeFileSync(
      path.join(project, 'terraform.tfvars.json'),
      JSON.stringify({ project: 'my-project', push_endpoint: `http://127.0.0.1:${port}/pushed` }),
    );
    fs.writeFileSync(path.join(project, 'test-jobs.sh'), script, { mode: 0o755 });
  });
  afterAll(() => server.close());

  async function run(): Promise<{ status: number | null; text: string }> {
    const { port } = server.address() as AddressInfo;
    const command = step.replaceAll(/\s+/g, ' ').replace(':8000', `:${port}`);
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, CHECKPOINT_DISABLE: '1' };
    const ended = await runProcess('bash', ['-ec', command], { cwd: project, env });
    return { status: ended.status, text: ended.stdout + ended.stderr };
  }

  it('succeeds if each job does, with a state of its own', async () => {
    const { status: ended, text } = await run();
    expect([ended, text]).toEqual([0, expect.stringContaining('"attempts":6')]);
    expect(fs.existsSync(path.join(project, 'sandbox-export', 'world.json'))).toBe(true);
    expect(fs.existsSync(path.join(project, 'backend_override.tf'))).toBe(false);
    expect(fs.existsSync(path.join(project, 'terraform.tfstate'))).toBe(false);
  });

  it('fails if a job does', async () => {
    status = 500;
    const { status: ended, text } = await run();
    expect([ended, text]).toEqual([1, expect.stringContaining('AttemptFinished')]);
  });
});

it('can be started by the program of the README', () => {
  const readme = fs.readFileSync(path.join(root, 'sandbox', 'README.md'), 'utf8');
  const [, program = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  fs.writeFileSync(path.join(project, 'program.ts'), program);
  const { stdout, stderr } = spawnSync('npx', ['tsx', 'program.ts'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\n$/), '']);
});
