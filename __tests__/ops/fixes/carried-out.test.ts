import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { PassThrough } from 'node:stream';
import { runProcess } from '../../../lib/run-process';
import type { Context } from '../../../ops/context';
import { Failed } from '../../../ops/errors';
import { renderFix } from '../../../ops/fixes/render';
import { checkBeforeInit } from '../../../ops/terraform/hcp/first-init';
import { tokenFor } from '../../../ops/terraform/hcp/credentials';
import { takeLock } from '../../../ops/terraform/lock';
import { readOwnState } from '../../../ops/terraform/state-check';
import type { Stack } from '../../../ops/terraform/stack';
import { JOBS } from '../../../stages/jobs';
import { NOT_MANAGED } from '../../../stages/not-managed';
import { STAGES, type Stage } from '../../../stages/stages';
import { readState } from '../../../stages/state';
import { describeWithGcloud } from '../../support/gcloud';
import { temporaryFolder } from '../../support/temporary-folder';
import { callOps, namesInTable, OpsSandbox, ROOT } from '../support';
import { MAIL, matchingTasks, writeTasks } from '../app-tasks';
import { planWith, stateWith, stubTerraform } from '../stub-terraform';

// Commands that synthesize do so in their own process.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

jest.setTimeout(60_000);

let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});

const [JOB = ''] = namesInTable('dev');

const taskOf = (name: string): string => name.replace(/^validibot-(.*)-dev$/, '$1');

/** Runs a command that fails, and returns the fix that it names. */
async function fixOf(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await callOps(env, args);
  expect({ args, status }).toEqual({ args, status: 1 });
  return fixIn(`${stdout}${stderr}`);
}

function fixIn(output: string): string {
  // Warnings come before it.
  return /[^]*Fix: (.*)/.exec(output)?.[1] ?? `no fix: ${output}`;
}

async function requireSuccess(env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const { status, stderr } = await callOps(env, args);
  expect({ args, status, stderr: status === 0 ? '' : stderr }).toEqual({
    args,
    status: 0,
    stderr: '',
  });
}

/** Runs a command of a fix in a shell. */
async function inShell(command: string): Promise<void> {
  const env = { ...sandbox.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };
  const { status, stderr } = await runProcess('sh', ['-c', command], { cwd: ROOT, env });
  expect({ command, status, stderr: status === 0 ? '' : stderr }).toMatchObject({ status: 0 });
}

/** Runs `just gcp-scheduler-…` in this process. */
async function justRun(command: string): Promise<string> {
  const [, recipe = command, rest = ''] =
    /^just gcp-scheduler-([a-z-]+) ?(.*)$/.exec(command) ?? [];
  const { stdout, stderr } = await sandbox.ops(recipe, ...rest.split(' '));
  return `${stdout}${stderr}`;
}

/** The fix of whatever `work` throws. */
async function thrownFix(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Failed && error.fix !== undefined) return renderFix(error.fix);
    throw error;
  }
  throw new Error('It did not fail.');
}

describeWithGcloud()('with gcloud:', () => {
  it('a run that failed because its URI lacks the last slash succeeds after what the doctor names', async () => {
    const { httpTarget } = await sandbox.job(JOB);
    const { uri } = httpTarget as { uri: string };
    await sandbox.patchJob(JOB, { httpTarget: { uri: uri.slice(0, -1) } }, 'httpTarget.uri');
    expect(await fixOf(sandbox.env, 'run', JOB)).toBe('just gcp-scheduler-doctor dev');
    const { findings } = await sandbox.json<{ findings: { check: string; fix?: string }[] }>(
      'doctor',
      'dev',
    );
    await inShell(findings.find(({ check, fix }) => check === 'job-drift' && fix)?.fix ?? 'false');
    expect(await justRun(`just gcp-scheduler-run ${JOB}`)).toContain('succeeded');
  });

  it('enables an API that is disabled', async () => {
    await sandbox.fault({ fault: 'api-disabled', api: 'cloudscheduler.googleapis.com' });
    const fix = await fixOf(sandbox.env, 'list', 'dev');
    expect(fix).toMatch(/^gcloud services enable cloudscheduler\.googleapis\.com /);
    await inShell(fix);
    await requireSuccess(sandbox.env, 'list', 'dev');
  });

  it('updates a job that can be neither paused nor resumed', async () => {
    await sandbox.fault({ fault: 'update-failed', job: JOB });
    for (const command of ['pause', 'resume']) {
      const fix = await fixOf(sandbox.env, command, JOB);
      expect(fix).toMatch(new RegExp(`^gcloud scheduler jobs update http ${JOB} `));
      if (command === 'resume') await inShell(fix);
    }
    await requireSuccess(sandbox.env, 'pause', JOB);
    await requireSuccess(sandbox.env, 'resume', JOB);
  });
});

describe('an error of Google', () => {
  const failing = (code: number, more = {}) =>
    sandbox.fault({ fault: 'call', code, method: 'GET', path: '/jobs', ...more });

  it.each([
    [429, "wait until the project's quota is available again, in a minute, then run the same"],
    [500, 'wait until Google has recovered (https://status.cloud.google.com), then run the same'],
    [409, 'wait until the other change has ended, then run the same'],
  ])('%i is gone when the same command runs again', async (code, fix) => {
    await failing(code);
    expect(await fixOf(sandbox.env, 'list', 'dev')).toBe(`${fix} command again`);
    await sandbox.clearFaults();
    await requireSuccess(sandbox.env, 'list', 'dev');
  });
});

describe('an endpoint', () => {
  const VARIABLE = 'GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT';
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** The environment with another endpoint of the scheduler, which answers the same to every call. */
  async function answering(listener: RequestListener): Promise<NodeJS.ProcessEnv> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return { ...sandbox.env, [VARIABLE]: `http://127.0.0.1:${port}/v1/` };
  }
  const rejecting = (code: number, status: string) =>
    answering((_, response) => {
      const error = { code, status, message: 'no' };
      response.writeHead(code).end(JSON.stringify({ error }));
    });

  it.each<[string, RequestListener, string]>([
    [
      'answers with a page',
      (_, response) => response.end('<html>'),
      `check ${VARIABLE} (if set) and your proxy (if any)`,
    ],
    [
      'does not answer',
      ({ socket }) => socket.destroy(),
      `check your network and ${VARIABLE} (if set), then run the same command again`,
    ],
    [
      'answers with an unknown status',
      (_, response) => response.writeHead(418).end('{}'),
      `check ${VARIABLE} (if set)`,
    ],
  ])('that %s is corrected', async (_, listener, fix) => {
    expect(await fixOf(await answering(listener), 'list', 'dev')).toBe(fix);
    await requireSuccess(sandbox.env, 'list', 'dev');
  });

  it('that rejects a value never sends to the doctor, which would get the same', async () => {
    const env = await rejecting(400, 'INVALID_ARGUMENT');
    for (const command of ['list', 'doctor']) {
      expect(await fixOf(env, command, 'dev')).toMatch(/^correct the value that Google names: /);
    }
    await requireSuccess(sandbox.env, 'list', 'dev');
  });

  it('that is in another state meanwhile accepts the same command later', async () => {
    const env = await rejecting(400, 'FAILED_PRECONDITION');
    expect(await fixOf(env, 'list', 'dev')).toMatch(/^wait until the other change has ended, /);
    await requireSuccess(sandbox.env, 'list', 'dev');
  });
});

it('a region without the jobs is corrected by its setting', async () => {
  const env = { ...sandbox.env, GCP_REGION: 'us-central1' };
  const fix = await fixOf(env, 'run', JOB);
  expect(fix).toBe('check GCP_PROJECT_ID, GCP_REGION and GCP_APP_NAME');
  await requireSuccess(sandbox.env, 'run', JOB);
});

it('a local endpoint gets a token by the variable that is named', async () => {
  const { GOOGLE_OAUTH_ACCESS_TOKEN: _, ...env } = sandbox.env;
  const fix = await fixOf(env, 'list', 'dev');
  const [, name = '', value] = /export (\w+)=(\w+)$/.exec(fix) ?? [];
  await requireSuccess({ ...env, [name]: value }, 'list', 'dev');
});

describe('a run that failed', () => {
  const failNext = (status: number) =>
    sandbox.fault({ fault: 'worker-failing', stage: 'dev', status, times: 1 });

  it('with 503 succeeds when it runs again', async () => {
    await failNext(503);
    const fix = await fixOf(sandbox.env, 'run', JOB);
    const [rerun = '', logs = ''] = fix.split('; if it fails again, ');
    expect(await justRun(rerun)).toContain('succeeded');
    expect(await justRun(logs)).toContain('503');
  });

  it('with 500 has its log, and succeeds when it runs again', async () => {
    await failNext(500);
    const fix = await fixOf(sandbox.env, 'run', JOB);
    const [logs = '', rerun = ''] = fix.split('; when the task is fixed: ');
    expect(await justRun(logs)).toContain('500');
    expect(await justRun(rerun)).toContain('succeeded');
  });

  it.each([403, 404])('with %i is a failure of the doctor, whose fix ends it', async (status) => {
    await failNext(status);
    const fix = await fixOf(sandbox.env, 'run', JOB);
    await doctorEnds(fix);
  });

  it('with 500 as a catch-up is one of the doctor, too', async () => {
    await missRuns();
    await failNext(500);
    const fix = await fixOf(sandbox.env, 'resume', JOB, '--catch-up');
    expect(fix).toBe('just gcp-scheduler-doctor dev');
    await doctorEnds(fix);
  });

  /** The doctor that was advised names a failure of the job, and its fix is one that ends it. */
  async function doctorEnds(advice: string): Promise<void> {
    expect(advice).toBe('just gcp-scheduler-doctor dev');
    const [found] = await failuresOf(JOB);
    const steps = found?.fix?.split('; when the task is fixed: ') ?? [];
    expect(steps.at(-1)).toBe(`just gcp-scheduler-run ${JOB}`);
    for (const step of steps) await justRun(step);
    expect(await failuresOf(JOB)).toEqual([]);
  }

  async function failuresOf(job: string): Promise<{ fix?: string }[]> {
    const { findings } = await sandbox.json<{
      findings: { status: string; subject: string; fix?: string }[];
    }>('doctor', 'dev');
    return findings.filter(({ status, subject }) => status === 'failure' && subject === job);
  }
});

it('a run that was missed is made up for', async () => {
  // Whatever the table says.
  await sandbox.patchJob(JOB, { schedule: '0 2 * * *' }, 'schedule');
  await missRuns();
  const { stdout, stderr } = await sandbox.ops('resume', JOB);
  const [, advice = ''] = /To run it now: (.*)/.exec(`${stdout}${stderr}`) ?? [];
  expect(await justRun(advice)).toContain('succeeded');
});

/** Lets a day pass while a job is paused; without the others, whose runs would take a while. */
async function missRuns(): Promise<void> {
  for (const name of namesInTable('dev')) if (name !== JOB) await sandbox.deleteJob(name);
  await sandbox.pauseJob(JOB);
  await sandbox.advance(86_400);
}

it('jobs that are missing exist after a deploy, and are then paused', async () => {
  await sandbox.deleteJob(JOB);
  expect(await fixOf(sandbox.env, 'pause-all', 'dev')).toBe('just gcp-scheduler-setup dev');
  // Terraform does it in e2e/fixes.test.ts.
  await sandbox.redeploy('dev');
  await requireSuccess(sandbox.env, 'pause-all', 'dev');
});

describe('tasks', () => {
  afterEach(() => {
    Reflect.deleteProperty(JOBS, 'send-mail');
    Reflect.deleteProperty(NOT_MANAGED, 'send-mail');
  });

  it('get the entries that --add prints, or the place that leaves them out', async () => {
    const file = writeTasks([...matchingTasks(), MAIL]);
    const fix = await fixOf(sandbox.env, 'tasks', file, '--check');
    const [add = ''] = /^just gcp-scheduler-tasks \S+ --add/.exec(fix) ?? [];
    const [, entry = ''] = /'send-mail': (\{[^]*?\n {2}\})/.exec(await justRun(add)) ?? [];
    Object.assign(JOBS, { 'send-mail': vm.runInNewContext(`(${entry})`) as object });
    await requireSuccess(sandbox.env, 'tasks', file, '--check');
    Reflect.deleteProperty(JOBS, 'send-mail');
    Object.assign(NOT_MANAGED, { 'send-mail': 'a test' });
    await requireSuccess(sandbox.env, 'tasks', file, '--check');
  });

  it('are added to the app, or corrected there', async () => {
    const [first, ...rest] = matchingTasks();
    const missing = await fixOf(sandbox.env, 'tasks', writeTasks(rest), '--check');
    expect(missing).toContain('add the tasks to the app');
    const differs = writeTasks([{ ...first, schedule: '0 0 1 * *' }, ...rest]);
    expect(await fixOf(sandbox.env, 'tasks', differs, '--check')).toContain('correct the app');
    await requireSuccess(sandbox.env, 'tasks', writeTasks([first, ...rest]), '--check');
  });
});

it.each([
  [['next', 'dev', '--ics'], 'dev.ics'],
  [['page', 'dev', '--out'], 'page.html'],
])('%j writes to another path than one that cannot be written', async (command, name) => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'file'), '');
  const option = command.at(-1) ?? '';
  const fix = await fixOf(sandbox.env, ...command, path.join(folder, 'file', name));
  expect(fix).toBe(`pass ${option} a path that can be written`);
  await requireSuccess(sandbox.env, ...command, path.join(folder, name));
});

describe('with a terraform that is a stub,', () => {
  const terraform = stubTerraform();
  const env = () => ({ ...sandbox.env, ...terraform.variables });
  const UPDATE = planWith(
    { 'google_cloud_scheduler_job.clear-sessions': ['update'] },
    { before: { name: JOB, schedule: '0 2 * * *' }, after: { name: JOB, schedule: '0 3 * * *' } },
  );

  it('a terraform that is not installed is replaced by the one that the variable names', async () => {
    terraform.answer({ status: 0 });
    const missing = { ...env(), TERRAFORM_BINARY_NAME: '/nowhere/terraform' };
    const fix = await fixOf(missing, 'review', 'dev');
    expect(fix).toMatch(/^install Terraform .* another binary in TERRAFORM_BINARY_NAME$/);
    await requireSuccess(env(), 'review', 'dev');
  });

  it('a review is written to a path that is writable', async () => {
    terraform.answer({ plan: UPDATE });
    const fix = await fixOf(env(), 'review', 'dev', '--review-file', temporaryFolder());
    expect(fix).toBe('pass --review-file a writable path');
    const file = path.join(temporaryFolder(), 'review.md');
    await callOps(env(), ['review', 'dev', '--review-file', file]);
    expect(fs.readFileSync(file, 'utf8')).not.toBe('');
  });

  it('a plan that failed leads to the doctor, and from there back to what terraform said', async () => {
    terraform.answer({ errors: 'Error: no worker' });
    const fix = await fixOf(env(), 'setup', 'dev');
    const [doctor = '', otherwise] = fix.split('; ');
    await sandbox.fault({ fault: 'worker-missing', stage: 'dev' });
    expect(await justRun(doctor)).toContain('the Cloud Run service does not exist');
    await sandbox.clearFaults();
    expect(otherwise).toBe(
      'if it finds no failures, correct what terraform names above, then run the same command again',
    );
    terraform.answer({ status: 0 });
    await requireSuccess(env(), 'setup', 'dev');
  });

  it('a job that the table pauses is paused by the command that setup names', async () => {
    terraform.answer({ status: 0 });
    const dev: Stage = STAGES.dev;
    const { jobs } = dev;
    Object.assign(dev, { jobs: { [taskOf(JOB)]: { paused: true } } });
    try {
      await sandbox.redeploy('dev');
      const before = await callOps(env(), ['setup', 'dev']);
      const fix = fixIn(before.stderr);
      expect(fix).toBe(`just gcp-scheduler-pause ${JOB}`);
      await justRun(fix);
      expect((await callOps(env(), ['setup', 'dev'])).stdout).toContain('up to date');
    } finally {
      Object.assign(dev, { jobs });
    }
  });

  it('a stage that another command works on is free when that has ended', async () => {
    terraform.answer({ status: 0 });
    const other = spawn('sleep', ['60']);
    const file = path.join(sandbox.env.CDKTF_OUTDIR ?? '', 'ops', 'dev.lock');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const holder = { pid: other.pid, host: os.hostname(), since: '2026-11-26T02:00:00.000Z' };
    fs.writeFileSync(file, JSON.stringify(holder));
    const fix = await fixOf(env(), 'setup', 'dev');
    expect(fix).toMatch(/^wait until it has ended; only if there is no such process any more: rm /);
    const ended = new Promise((resolve) => other.once('close', resolve));
    other.kill();
    await ended;
    await requireSuccess(env(), 'setup', 'dev');
  });
});

it('a lock of a machine that is gone is taken after its file was removed', async () => {
  const file = path.join(temporaryFolder(), 'dev.lock');
  fs.writeFileSync(file, JSON.stringify({ pid: 1, host: 'another', since: '' }));
  const fix = await thrownFix(() => takeLock(file, 'validibot-dev'));
  await inShell(fix.slice(fix.indexOf('rm ')));
  takeLock(file, 'validibot-dev')();
});

describe('a state', () => {
  /** Reads the state of dev from a stub; the settings are those of the variables. */
  const reader = (state: object | undefined) => {
    const folder = temporaryFolder();
    const terraform = stubTerraform({ state });
    const stack: Stack = { stage: 'dev', name: 'validibot-dev', folder, initialized: false };
    const read = ({ appName, ...location }: typeof OWN) => {
      const env = { PATH: process.env.PATH, ...terraform.variables, TF_STATE_DIR: folder };
      return readOwnState(
        {
          env,
          root: ROOT,
          location,
          settings: { appName, state: readState(env).settings },
          terminal: { errors: new PassThrough() },
          signal: new AbortController().signal,
        } as unknown as Context,
        stack,
      );
    };
    return { folder, read };
  };
  const OWN = { project: 'my-project', region: 'australia-southeast1', appName: 'validibot' };

  it.each([
    ['region', 'GCP_REGION', { region: 'us-central1' }],
    ['project', 'GCP_PROJECT_ID', { project: 'old-project' }],
    ['appName', 'GCP_APP_NAME', { appName: 'other' }],
  ])('of another %s is accepted with the variable that is named', async (name, variable, of) => {
    const { appName, ...place } = { ...OWN, ...of };
    const job = { ...place, name: `${appName}-a-dev` };
    const { read } = reader(stateWith({ 'google_cloud_scheduler_job.a': job }));
    const fix = await thrownFix(() => read(OWN));
    const [, exported, value = ''] = /^export (\w+)=([\w-]+)/.exec(fix) ?? [];
    expect(exported).toBe(variable);
    expect(await read({ ...OWN, [name]: value })).toHaveLength(1);
  });

  it.each([undefined, '{'])('that was not saved is moved to its place, over %j', async (cut) => {
    const { folder, read } = reader(undefined);
    const place = path.join(folder, 'terraform.validibot-dev.tfstate');
    fs.writeFileSync(path.join(folder, 'errored.tfstate'), '{"version": 4}');
    if (cut !== undefined) fs.writeFileSync(place, cut);
    const fix = await thrownFix(() => read(OWN));
    for (const step of fix.split(', then ')) await inShell(step);
    expect(await read(OWN)).toEqual([]);
    expect(fs.readFileSync(place, 'utf8')).toBe('{"version": 4}');
  });
});

describe('in HCP Terraform,', () => {
  const HOST = 'app.terraform.io';
  const VARIABLE = 'TF_TOKEN_app_terraform_io';

  it('a token is found once the variable that is named is set', async () => {
    const env = { HOME: temporaryFolder(), PATH: process.env.PATH };
    const fix = await thrownFix(() => tokenFor(HOST, env));
    expect(fix).toBe(`terraform login ${HOST}, or set ${VARIABLE}`);
    expect(tokenFor(HOST, { ...env, [VARIABLE]: 'secret' })).toBe('secret');
  });

  it('a token of a host with a port is found in the file that is named', async () => {
    const host = 'localhost:8443';
    const HOME = temporaryFolder();
    const add = `: credentials "${host}" { token = "TOKEN" }`;
    const fix = await thrownFix(() => tokenFor(host, { HOME }));
    expect(fix).toBe(`terraform login ${host}, or add to ~/.terraformrc${add}`);
    const line = fix.slice(fix.indexOf(': ') + 2);
    fs.writeFileSync(path.join(HOME, '.terraformrc'), line);
    expect(tokenFor(host, { HOME })).toBe('TOKEN');

    const env = { HOME, TF_CLI_CONFIG_FILE: path.join(HOME, 'ci.tfrc') };
    expect(await thrownFix(() => tokenFor(host, env))).toBe(
      `add to ${env.TF_CLI_CONFIG_FILE}${add}`,
    );
    fs.writeFileSync(env.TF_CLI_CONFIG_FILE, line);
    expect(tokenFor(host, env)).toBe('TOKEN');
  });

  it.each([
    ['fails', 'exit 3', `run it by hand to see why, or set ${VARIABLE}`],
    ['prints no JSON', 'echo no', `terraform login ${HOST}, or set ${VARIABLE}`],
  ])('a helper that %s is not asked when the variable is set', async (_, script, expected) => {
    const HOME = temporaryFolder();
    const plugins = path.join(HOME, '.terraform.d', 'plugins');
    fs.mkdirSync(plugins, { recursive: true });
    fs.writeFileSync(path.join(HOME, '.terraformrc'), 'credentials_helper "vault" {\n}\n');
    const helper = path.join(plugins, 'terraform-credentials-vault');
    fs.writeFileSync(helper, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const env = { HOME, PATH: process.env.PATH };
    expect(await thrownFix(() => tokenFor(HOST, env))).toBe(expected);
    expect(tokenFor(HOST, { ...env, [VARIABLE]: 'secret' })).toBe('secret');
  });

  it('a file that cannot be read is corrected', async () => {
    const HOME = temporaryFolder();
    const file = path.join(HOME, '.terraformrc');
    fs.writeFileSync(file, `credentials "${HOST}" {\n  token = = "secret"\n}\n`);
    expect(await thrownFix(() => tokenFor(HOST, { HOME }))).toBe('correct it');
    fs.writeFileSync(file, `credentials "${HOST}" {\n  token = "secret"\n}\n`);
    expect(tokenFor(HOST, { HOME })).toBe('secret');
  });

  it('the record of an earlier backend that is not needed is removed', async () => {
    const folder = temporaryFolder();
    const record = path.join(folder, '.terraform', 'terraform.tfstate');
    fs.mkdirSync(path.dirname(record));
    const backend = { type: 'gcs', config: {} };
    fs.writeFileSync(record, JSON.stringify({ version: 3, backend }));
    const settings = { state: { kind: 'cloud', organization: 'mine' } };
    const env = { HOME: folder, [VARIABLE]: 'secret' };
    const check = () => {
      checkBeforeInit({ settings, env } as unknown as Context, { name: 'validibot-dev', folder });
    };
    const fix = await thrownFix(check);
    await inShell(fix.slice(fix.indexOf('rm ')));
    expect(check).not.toThrow();
  });
});
