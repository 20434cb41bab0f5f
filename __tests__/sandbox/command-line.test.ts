import { runProcess } from '../../lib/run-process';
import { PROVIDER_ENDPOINTS } from '../../sandbox/provider-endpoints';
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { webServiceName, workerServiceName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { temporaryFolder } from '../support/temporary-folder';
import { listen } from './listener';

// The command runs in its own process.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

const ROOT = path.join(__dirname, '..', '..');

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

jest.setTimeout(60_000);

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, ['lib/launch/main.js', 'stages/sandbox.ts', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ status, ...text });
    });
  });
}

const sandbox = (args: readonly string[], env?: Record<string, string>): Promise<Ended> =>
  ended(start(args, env));
const exec = (script: string, env?: Record<string, string>): Promise<Ended> =>
  sandbox(['exec', '--', 'sh', '-c', script], env);

/** A port that is free, as are the next ones. Below those that the system gives to others. */
async function freePort(next: number): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const servers = Array.from({ length: next + 1 }, () => net.createServer());
    const started = servers.map(async (server, index) => {
      server.listen(port + index, '127.0.0.1');
      await once(server, 'listening');
    });
    const results = await Promise.allSettled(started);
    for (const server of servers) server.close();
    if (results.every(({ status }) => status === 'fulfilled')) return port;
  }
}

/** A worker and a web service for each stage. */
const SERVICES = 2 * STAGE_NAMES.length;

describe('exec', () => {
  it.each([0, 1, 2, 42])(
    "exits with its command's status %i, and adds no output",
    async (status) => {
      expect(await exec(`echo out; echo err >&2; exit ${status}`)).toEqual({
        status,
        stdout: 'out\n',
        stderr: 'err\n',
      });
    },
  );

  it('exits with 128 + n if signal n ended its command', async () => {
    expect((await exec('kill -TERM $$')).status).toBe(143);
  });

  it('forwards signals to its command', async () => {
    const child = start([
      'exec',
      '--',
      'sh',
      '-c',
      'trap "exit 7" TERM; echo ready; while :; do sleep 0.1; done',
    ]);
    child.stdout?.once('data', () => child.kill('SIGTERM'));
    expect((await ended(child)).status).toBe(7);
  });

  it('exits with 127 if the command cannot be started', async () => {
    const { status, stdout, stderr } = await sandbox(['exec', '--', 'no-such-command']);
    expect([status, stdout]).toEqual([127, '']);
    expect(stderr).toMatch(/^Cannot start no-such-command: .*ENOENT/);
  });

  it('passes arguments unchanged', async () => {
    const { stdout } = await sandbox([
      'exec',
      '--',
      'printf',
      '%s|',
      '--port',
      '-x',
      'a b',
      '$HOME',
    ]);
    expect(stdout).toBe('--port|-x|a b|$HOME|');
  });

  it('sets its variables, and removes those that point outside the sandbox', async () => {
    const users = {
      TF_CLOUD_ORGANIZATION: 'real',
      TF_CLOUD_HOSTNAME: 'real.example.com',
      TF_STATE_BUCKET: 'real',
      TF_STATE_DIR: '/real',
      TF_VAR_project_id: 'real',
      TF_CLI_ARGS_apply: '-auto-approve',
      TF_WORKSPACE: 'real',
      GOOGLE_APPLICATION_CREDENTIALS: '/real.json',
      GOOGLE_CREDENTIALS: '{}',
      GOOGLE_CLOUD_KEYFILE_JSON: '{}',
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'real@real',
      GOOGLE_OAUTH_ACCESS_TOKEN: 'real',
      GOOGLE_PROJECT: 'real',
      CLOUDSDK_CORE_PROJECT: 'real',
      CLOUDSDK_CORE_ACCOUNT: 'real@real',
      CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT: 'real@real',
      CLOUDSDK_CONFIG: '/real',
      GCP_PROJECT_ID: 'real-project',
      GCP_REGION: 'us-central1',
      GCP_SCHEDULER_TIMEZONE: 'UTC',
      ALERT_CHANNELS: 'projects/real/notificationChannels/1',
      UNRELATED: 'kept',
    };
    const { stdout } = await exec('env', users);
    const seen = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.split('=')[0] ?? '', line.replace(/^[^=]*=/, '')]),
    );
    const left = Object.entries(users).filter(([name, value]) => seen[name] === value);
    expect(left.map(([name]) => name)).toEqual(['UNRELATED']);
    expect(seen).toMatchObject({
      GCP_PROJECT_ID: 'validibot-sandbox',
      GCP_REGION: 'australia-southeast1',
      GOOGLE_OAUTH_ACCESS_TOKEN: 'sandbox-token',
      CLOUDSDK_AUTH_ACCESS_TOKEN: 'sandbox-token',
    });
    const endpoints = Object.entries(seen).filter(([name]) =>
      /_CUSTOM_ENDPOINT$|_OVERRIDES_/.test(name),
    );
    // Seven more are gcloud's.
    expect(endpoints.length).toBeGreaterThan(PROVIDER_ENDPOINTS.length + 7);
    for (const [, url] of endpoints) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  });

  it('writes the API calls to a file, but none of its own routes', async () => {
    const file = path.join(temporaryFolder(), 'calls');
    const jobs = '/v1/projects/validibot-sandbox/locations/australia-southeast1/jobs';
    const script = `for url in "$SANDBOX_URL/_sandbox/faults" "$SANDBOX_URL${jobs}?pageSize=5"; do
      curl --silent --header 'Authorization: Bearer x' "$url"; done`;
    await sandbox(['--call-log', file, 'exec', '--', 'sh', '-c', script]);
    expect(fs.readFileSync(file, 'utf8')).toBe(
      `{"api":"cloudscheduler.googleapis.com","method":"GET","path":"${jobs}","status":200}\n`,
    );
  });

  it('calls the server of --app-engine for the jobs of an App Engine application', async () => {
    const server = await listen();
    const jobs = '/v1/projects/validibot-sandbox/locations/australia-southeast1/jobs';
    const script = `call() { curl --silent --header 'Authorization: Bearer x' --data "$2" "$SANDBOX_URL$1"; }
      call ${jobs} '{"name": "${jobs.slice('/v1/'.length)}/task", "schedule": "0 2 * * *",
        "appEngineHttpTarget": {"relativeUri": "/task"}}'
      call ${jobs}/task:run '{}'
      call /_sandbox/advance '{"seconds": 1}'`;
    await sandbox(['--app-engine', server.url, 'exec', '--', 'sh', '-c', script]);
    server.close();
    expect(server.requests).toMatchObject([{ method: 'POST', url: '/task' }]);
  });

  it('has the options of the sandbox, before and after its name', async () => {
    const { stdout } = await sandbox(['exec', '--help']);
    for (const option of ['--port', '--worker', '--listen', '--call-log']) {
      expect(stdout).toContain(option);
    }
    const workers = [
      '--worker',
      'dev=http://127.0.0.1:9',
      'exec',
      '--worker',
      'prod=http://[::1]:8',
    ];
    const command = ['--', 'sh', '-c', 'curl --silent "$SANDBOX_URL/_sandbox"'];
    const { services } = JSON.parse((await sandbox([...workers, ...command])).stdout) as {
      services: { stage: string; role: string; server?: string }[];
    };
    const servers = services.filter(({ server }) => server !== undefined);
    expect(servers.map(({ stage, role, server }) => [stage, role, server])).toEqual([
      ['dev', 'worker', 'http://127.0.0.1:9'],
      ['prod', 'worker', 'http://[::1]:8'],
    ]);
  });

  it('gives the services the ports after its own, in a fixed order', async () => {
    const urls = async (port: number): Promise<unknown> => {
      const script = 'curl --silent "$SANDBOX_URL/_sandbox"';
      const { stdout } = await sandbox(['exec', '--port', `${port}`, '--', 'sh', '-c', script]);
      const { services } = JSON.parse(stdout) as { services: { name: string; url: string }[] };
      return services.map(({ name, url }) => [name, url]);
    };
    const port = await freePort(SERVICES);
    const first = await urls(port);
    const names = STAGE_NAMES.flatMap((stage) => [
      workerServiceName('validibot', stage),
      webServiceName('validibot', stage),
    ]);
    expect(first).toEqual(
      names.map((name, index) => [name, `http://127.0.0.1:${port + 1 + index}`]),
    );
    expect(await urls(port)).toEqual(first);
  });

  it('deletes its directory at the end, including the state', async () => {
    const { stdout } = await exec('touch "$TF_STATE_DIR/a.tfstate" && echo "$TF_STATE_DIR"');
    expect(stdout).toMatch(/\/sandbox-\w+\/state$/m);
    expect(fs.existsSync(stdout.trim())).toBe(false);
  });
});

describe('wrong use', () => {
  it.each([
    [
      ['--port', '70000'],
      'Invalid --port "70000": must be 0-65535. Fix: use 0 for any free port.\n',
    ],
    [
      ['--worker', 'nowhere=http://127.0.0.1:8000'],
      'Invalid --worker "nowhere=http://127.0.0.1:8000": stage must be one of: ' +
        `${STAGE_NAMES.join(', ')}. Fix: write --worker dev=http://127.0.0.1:8000.\n`,
    ],
    [
      ['--worker', 'dev=https://example.com'],
      'Invalid --worker "dev=https://example.com": URL must be http on this machine. ' +
        'Fix: write --worker dev=http://127.0.0.1:8000.\n',
    ],
    [['--worker', 'dev'], 'Invalid --worker "dev": URL must be http on this machine.'],
    [
      ['--listen', 'localhost'],
      'Invalid --listen "localhost": must be an IP address. ' +
        'Fix: omit it, or in a container write --listen 0.0.0.0.\n',
    ],
    [
      ['--allow-host', 'http://sandbox'],
      'Invalid --allow-host "http://sandbox": must be a host name, with or without a port. ' +
        'Fix: write --allow-host sandbox, or --allow-host localhost:9000.\n',
    ],
    [
      ['--app-engine', 'https://app.example.com'],
      'Invalid --app-engine "https://app.example.com": must be an http URL on this machine. ' +
        'Fix: write --app-engine http://127.0.0.1:8080.\n',
    ],
    [
      ['--call-log', '/no/such/folder/calls'],
      'Invalid --call-log "/no/such/folder/calls": cannot be written',
    ],
    [
      ['--port', '65535'],
      `Invalid --port "65535": the ${SERVICES} services have the next ports, which end at 65535. ` +
        `Fix: use at most ${65_535 - SERVICES}.\n`,
    ],
    [['exec', '--worker', 'dev', '--', 'true'], 'Invalid --worker "dev": URL must be http'],
    [['--nonsense'], "unknown option '--nonsense'"],
    [['exec'], "missing required argument 'command'"],
    [['nonsense'], 'too many arguments'],
  ])('%j exits with 2', async (args, message) => {
    const { status, stdout, stderr } = await sandbox(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('includes an invalid GCP_APP_NAME', async () => {
    const { status, stderr } = await exec('echo never', { GCP_APP_NAME: 'Not A Name' });
    expect(status).toBe(2);
    expect(stderr).toContain('Invalid GCP_APP_NAME "Not A Name"');
  });
});

describe('export and import', () => {
  const script = 'curl --silent "$SANDBOX_URL/_sandbox"';
  const jobs = '$SANDBOX_URL/v1/projects/p-elsewhere/locations/europe-west1/jobs';
  const create = `curl --silent --fail --header 'Authorization: Bearer x' --data '{
    "name": "projects/p-elsewhere/locations/europe-west1/jobs/a", "schedule": "0 2 * * *",
    "timeZone": "UTC", "httpTarget": {"uri": "http://127.0.0.1:1/"}}' "${jobs}"`;
  const elsewhere = [
    '--no-validibot',
    '--project=p-elsewhere',
    '--region=europe-west1',
    '--service=reports=http://127.0.0.1:9',
    '--account=one@p-elsewhere.iam.gserviceaccount.com',
    '--account=two@p-elsewhere.iam.gserviceaccount.com',
  ];

  it('keep an empty project, its jobs and the clock from one process to the next', async () => {
    const directory = path.join(temporaryFolder(), 'export');
    const advance = `curl --silent --data '{"seconds": 864000}' "$SANDBOX_URL/_sandbox/advance"`;
    const first = ['exec', ...elsewhere, '--export', directory, '--', 'sh', '-c'];
    const one = await sandbox([...first, `${create}; ${advance}; exit 3`]);
    expect([one.status, one.stderr]).toEqual([3, '']);
    expect(one.stdout).toContain('"attempts":10');

    const list = `curl --silent --header 'Authorization: Bearer x' "${jobs}"`;
    const account =
      'https://x/v1/projects/-/serviceAccounts/two@p-elsewhere.iam.gserviceaccount.com';
    const show = `curl --silent --header 'Authorization: Bearer x' "$SANDBOX_URL${new URL(account).pathname}"`;
    const second = ['--no-validibot', 'exec', '--import', directory, '--', 'sh', '-c'];
    const two = await sandbox([...second, `${script}; ${list}; ${show}`]);
    expect(two.stdout).toContain('"project":"p-elsewhere","region":"europe-west1"');
    expect(two.stdout).toContain('"name":"reports"');
    expect(two.stdout).toContain('one@p-elsewhere.iam.gserviceaccount.com');
    expect(two.stdout).toContain('"schedule":"0 2 * * *"');
    expect(two.stdout).toContain('"email":"two@p-elsewhere.iam.gserviceaccount.com"');
    const now = /"now":"(.{10})/.exec(two.stdout)?.[1] ?? '';
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(8 * 86_400_000);
  });

  it.each([
    [
      ['--import', '/no/such/folder'],
      'Invalid --import "/no/such/folder": world.json cannot be read',
    ],
    [['--export', '/dev/null/x'], 'Invalid --export "/dev/null/x": cannot be written'],
    [['--log-days', '0'], 'Invalid --log-days "0": must be 1-9999. Fix: omit it for 30.\n'],
    [['--account', 'me@example.com'], 'Invalid --account "me@example.com": is not the email'],
  ])('exit with 2 given %j', async (args, message) => {
    const { status, stdout, stderr } = await sandbox(['--no-validibot', ...args, 'exec', 'true']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('reject another project than the exported one, and a file that is damaged', async () => {
    const directory = path.join(temporaryFolder(), 'export');
    const made = await sandbox(['--no-validibot', '--export', directory, 'exec', 'true']);
    expect(made).toEqual({ status: 0, stdout: '', stderr: '' });
    const other = ['--no-validibot', '--import', directory, '--project=my-other', 'exec', 'true'];
    const { status, stderr } = await sandbox(other);
    expect([status, stderr]).toEqual([
      2,
      'Invalid --project "my-other": the imported project has sandbox-project. Fix: omit --project.\n',
    ]);
    const file = path.join(directory, 'world.json');
    const damaged = fs.readFileSync(file, 'utf8').replace('"jobs":[]', '"jobs":[["a",{}]]');
    fs.writeFileSync(file, damaged.replace('{}]]', '{"name":"a","state":"ENABLED"}]]'));
    const failed = await sandbox(['--no-validibot', '--import', directory, 'exec', 'true']);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/^Cannot import .*\nFix: export it again\.\n$/);
  });
});

describe('env', () => {
  it('prints the variables of a sandbox that is running, for each shell', async () => {
    const script = `node lib/launch/main.js stages/sandbox.ts env --shell`;
    const { stdout } = await exec(
      `${script} bash; ${script} fish; ${script} powershell; echo "$SANDBOX_URL"; echo "$TF_STATE_DIR"`,
    );
    const [directory = '', url = ''] = stdout.trimEnd().split('\n').toReversed();
    for (const start of ['export ', 'set -gx ', '$env:']) expect(stdout).toContain(`\n${start}`);
    expect(stdout).toContain(`\nset -gx SANDBOX_URL ${url}\n`);
    expect(stdout).toContain(`\n$env:TF_STATE_DIR = '${directory}'\n`);
  });

  it("gives another terminal the sandbox's app, and none of its own settings", async () => {
    const script = `node lib/launch/main.js stages/sandbox.ts env --shell`;
    const others = 'GCP_APP_NAME=other ALERT_CHANNELS=real GCP_SCHEDULER_TIMEZONE=UTC';
    const seen = `env | grep -E '^(GCP_APP|ALERT|GCP_SCHED)'`;
    const { stdout } = await exec(
      `export ${others}; eval "$(${script} bash)"; ${seen}; ${script} powershell`,
    );
    expect(stdout).toMatch(/^GCP_APP_NAME=validibot\nGet-ChildItem .*\|ALERT_CHANNELS\|/);
    expect(stdout).toContain("\n$env:GCP_APP_NAME = 'validibot'\n");
  });

  it('exits with 1 if none is running, and with 2 without an address', async () => {
    const none = await sandbox(['env', '--url', 'http://127.0.0.1:9']);
    expect([none.status, none.stdout]).toEqual([1, '']);
    expect(none.stderr).toMatch(/^No sandbox responds at http:\/\/127\.0\.0\.1:9: .*\.\nFix: /);
    expect((await sandbox(['env'])).status).toBe(2);
    expect((await sandbox(['env', '--shell', 'tcsh'])).status).toBe(2);
  });
});

describe('npm run sandbox', () => {
  it('runs its command in the folder where it was called', async () => {
    const docs = path.join(ROOT, 'docs');
    const { status, stdout } = await runProcess(
      'npm',
      ['run', '--silent', 'sandbox', '--', 'exec', '--', 'pwd'],
      { cwd: docs },
    );
    expect(stdout).toBe(`${docs}\n`);
    expect(status).toBe(0);
  });

  it('prints shell commands, then a line for each call, until Ctrl-C', async () => {
    const child = start(['--port', '0'], { TF_STATE_BUCKET: 'real' });
    const over = ended(child);
    let output = '';
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ctrl-C')) resolve();
      });
    });
    const url = /# The sandbox is at (\S+);/.exec(output)?.[1] ?? '';
    await fetch(`${url}/oauth2/v3/certs`);
    child.kill('SIGINT');

    const { status, stdout, stderr } = await over;
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^unset TF_DATA_DIR .*TF_STATE_BUCKET .*\nexport SANDBOX_URL=http\S+\nexport GCP_PROJECT_ID=validibot-sandbox\n/,
    );
    expect(stdout).toContain(`export GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT=${url}/v1/`);
    expect(stdout.trim().split('\n').at(-1)).toMatch(/GET \/oauth2\/v3\/certs 200$/);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('can be called from outside its container by the names that are allowed', async () => {
    const child = start(['--listen', '0.0.0.0', '--allow-host', 'sandbox', '--allow-host', 'me:9']);
    const over = ended(child);
    const output = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('Ctrl-C')) resolve(text);
      });
    });
    const { port } = new URL(/# The sandbox is at (\S+);/.exec(output)?.[1] ?? '');
    const addresses = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
    const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
    const call = (host: string) =>
      new Promise((resolve, reject) => {
        http
          .get(
            {
              host: outside?.address ?? '127.0.0.1',
              port,
              path: '/_sandbox/faults',
              headers: { host },
            },
            ({ statusCode }) => {
              resolve(statusCode);
            },
          )
          .on('error', reject);
      });
    expect(await Promise.all([`sandbox:${port}`, 'me:9', `other:${port}`].map(call))).toEqual([
      200, 200, 403,
    ]);
    child.kill('SIGINT');
    expect((await over).status).toBe(0);
  });

  it('exits with 1 if the port is in use', async () => {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { status, stderr } = await sandbox(['--port', String(port)]);
    server.close();
    expect(status).toBe(1);
    // Another program may have one of the services' ports, which follow.
    expect(stderr).toMatch(
      /^Port \d+ is already in use\.\nFix: choose another --port, or omit it for a free port\.\n$/,
    );
  });
});
