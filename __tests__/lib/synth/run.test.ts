import { App } from 'cdktf';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createApp } from '../../../stages/app';
import { readSettings } from '../../../stages/settings';
import { ValidibotStack } from '../../../stages/validibot-stack';
import type { LockFile } from '../../../lib/synth/lock-file';
import { runSynth } from '../../../lib/synth/run';
import { describeApp } from '../../../stages/report';
import { readFiles, writeFiles } from '../../support/files';
import { temporaryFolder } from '../../support/temporary-folder';

const NOTHING_SET = { TF_STATE_DIR: '/state' };

afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs a synth in this process; returns what it printed. */
function run(
  outdir: string,
  create = (fresh: string): App => createApp(NOTHING_SET, fresh),
  env: NodeJS.ProcessEnv = {},
  lock?: LockFile,
): { status: number; stdout: string; stderr: string } {
  const printed = { log: '', error: '' };
  for (const stream of ['log', 'error'] as const) {
    jest.spyOn(console, stream).mockImplementation((...texts: unknown[]) => {
      printed[stream] += `${texts.join(' ')}\n`;
    });
  }
  const status = runSynth(create, describeApp, { CDKTF_OUTDIR: outdir, ...env }, lock);
  return { status, stdout: printed.log, stderr: printed.error };
}

it('reports mistakes of all stacks in one run, and writes nothing', () => {
  const folder = temporaryFolder();
  const outdir = path.join(folder, 'out');
  const { settings } = readSettings(NOTHING_SET);

  const outcome = run(outdir, (fresh) => {
    const app = new App({ outdir: fresh, skipValidation: true });
    new ValidibotStack(app, 'dev', { jobs: { 'clear-sessions': { retryCount: 6 } } }, settings);
    new ValidibotStack(app, 'staging', { workerUrl: 'https://worker.example.com/' }, settings);
    const bad = { schedule: '@daily', attemptDeadlineSeconds: NaN };
    new ValidibotStack(app, 'prod', { jobs: { 'cleanup-stuck-runs': bad } }, settings);
    return app;
  });

  expect(outcome).toEqual({
    status: 1,
    stdout: '',
    stderr: `${[
      'validibot-dev/clear-sessions: Invalid retryCount 6: must be 0-5. ' +
        'Fix: use 0-5, or omit it to use the default.',
      'validibot-staging: Invalid workerUrl "https://worker.example.com/": ' +
        'must be an origin, because the worker compares the whole audience. ' +
        'Expected: scheme and host, in lower case, without a path or trailing slash. ' +
        'Fix: write https://worker.example.com.',
      'validibot-prod/cleanup-stuck-runs: Invalid schedule "@daily": ' +
        'Cloud Scheduler does not support @ shorthands. ' +
        'Expected: minute hour day-of-month month day-of-week. ' +
        'Fix: write 0 0 * * *.',
      'validibot-prod/cleanup-stuck-runs: Invalid attemptDeadlineSeconds NaN: ' +
        'must be an integer, 15-1800. Fix: use 15-1800, or omit it to use the default.',
    ].join('\n')}\n\n4 errors. ${outdir} is unchanged.\n`,
  });
  expect(fs.readdirSync(folder)).toEqual([]);
});

describe('with nothing set', () => {
  const outdir = path.join(temporaryFolder(), 'out');
  let outcome: ReturnType<typeof run>;
  beforeAll(() => {
    outcome = run(outdir);
  });

  it.each([
    ['dev', '-dev'],
    ['staging', '-staging'],
    ['prod', ''],
  ])('prints the jobs of %s and the path of their JSON', (stage, suffix) => {
    const section = outcome.stdout
      .split('\n\n')
      .find((text) => text.startsWith(`validibot-${stage}\n`));
    const zone = 'Australia/Sydney';
    const next = expect.stringMatching(/^20\d\d-\d\d-\d\d \d\d:\d\d$/) as unknown;
    const row = (task: string, words: string): unknown[] => [
      `validibot-${task}${suffix}`,
      words,
      zone,
      next,
      `/api/v1/scheduled/${task}/`,
    ];

    const lines = section?.trimEnd().split('\n') ?? [];
    expect(lines.map((line) => line.split('│').map((cell) => cell.trim()))).toEqual([
      [`validibot-${stage}`],
      ['job', 'schedule', 'time zone', 'next run', 'endpoint'],
      row('clear-sessions', 'At 02:00, every day'),
      row('cleanup-idempotency-keys', 'At 03:00, every day'),
      row('cleanup-callback-receipts', 'At 04:00, only on Sunday'),
      row('purge-expired-submissions', 'Every hour'),
      row('process-purge-retries', 'Every 5 minutes'),
      row('cleanup-stuck-runs', 'Every 10 minutes'),
      [path.join(outdir, 'stacks', `validibot-${stage}`, 'cdk.tf.json')],
    ]);
  });

  it('warns on stderr, once for all stages with the same warning', () => {
    const stages = ['validibot-dev', 'validibot-staging', 'validibot-prod'];
    expect(outcome.stderr.trimEnd().split('\n')).toEqual([
      `Warning: ${stages.join(', ')}: No one will be notified when a job fails or misses a run: ` +
        'incidents are only visible in the console. Fix: set ALERT_EMAILS or ALERT_CHANNELS.',
      expect.stringMatching(
        new RegExp(
          `^Warning: ${stages.map((stage) => `${stage}/clear-sessions`).join(', ')}: ` +
            'schedule "0 2 \\* \\* \\*" in Australia/Sydney: ' +
            '20\\d\\d-(04|10)-0[1-7] 02:00 (occurs twice|does not exist), because .*\\.$',
        ),
      ),
      'Warning: validibot-prod: the state of production is only on this machine, in /state. ' +
        'Fix: set TF_CLOUD_ORGANIZATION or TF_STATE_BUCKET to share it.',
    ]);
  });
});

it('prints nothing under the cdktf command, which prints warnings and results itself', () => {
  const outdir = path.join(temporaryFolder(), 'out');

  const outcome = run(outdir, undefined, { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'false' });

  expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(fs.readdirSync(path.join(outdir, 'stacks'))).toHaveLength(3);
});

it('prints mistakes under the cdktf command too', () => {
  const outcome = run(
    path.join(temporaryFolder(), 'out'),
    (fresh) => createApp({ GCP_REGION: 'sydney' }, fresh),
    { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'false' },
  );

  expect(outcome).toMatchObject({ status: 1, stdout: '' });
  expect(outcome.stderr).toMatch(/^environment: Invalid GCP_REGION "sydney": /);
});

it('rejects --hcl, and writes nothing', () => {
  const folder = temporaryFolder();

  expect(run(path.join(folder, 'out'), undefined, { SYNTH_HCL_OUTPUT: 'true' })).toEqual({
    status: 1,
    stdout: '',
    stderr:
      '--hcl is not supported: CDKTF 0.21 renders a postcondition as an attribute, ' +
      'which terraform rejects.\nFix: omit --hcl; terraform reads JSON too.\n',
  });
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('reports in one line that it cannot write the output, and leaves it unchanged', () => {
  const folder = temporaryFolder();
  const outdir = path.join(folder, 'out');
  const older = { 'stacks/validibot-prod': 'a file', 'stacks/validibot-dev/cdk.tf.json': 'old' };
  writeFiles(outdir, older);

  const { status, stdout, stderr } = run(outdir);

  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Cannot write \S+, which is unchanged: E[A-Z]+: .*\n$/);
  expect(readFiles(outdir)).toEqual(older);
  expect(fs.readdirSync(folder)).toEqual(['out']);
});

it('throws an error of the app, and leaves nothing behind', () => {
  const folder = temporaryFolder();
  const broken = (): App => {
    throw new TypeError('a defect');
  };

  expect(() => run(path.join(folder, 'out'), broken)).toThrow(new TypeError('a defect'));
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('accepts a CDKTF_OUTDIR that ends in a slash and does not exist', () => {
  const folder = temporaryFolder();

  expect(run(`${folder}/a/b/out/`).status).toBe(0);
  expect(Object.keys(readFiles(path.join(folder, 'a'))).sort()).toEqual([
    'b/out/manifest.json',
    'b/out/stacks/validibot-dev/cdk.tf.json',
    'b/out/stacks/validibot-prod/cdk.tf.json',
    'b/out/stacks/validibot-staging/cdk.tf.json',
  ]);
});

describe('a lock file of the project', () => {
  const LOCK = /[.]terraform[.]lock[.]hcl$/;
  const locks = (outdir: string): string[] =>
    Object.entries(readFiles(outdir))
      .filter(([file]) => LOCK.test(file))
      .map(([, text]) => text);

  it('replaces the lock file of every stack if it is used', () => {
    const outdir = path.join(temporaryFolder(), 'out');
    writeFiles(outdir, { 'stacks/validibot-dev/.terraform.lock.hcl': "terraform's own" });
    const outcome = run(outdir, undefined, {}, { text: 'ours', isUsed: true, mistakes: [] });
    expect(outcome.status).toBe(0);
    expect(locks(outdir)).toEqual(['ours', 'ours', 'ours']);
  });

  it('is removed from the stacks if it is not used, unlike other lock files', () => {
    const outdir = path.join(temporaryFolder(), 'out');
    run(outdir, undefined, {}, { text: 'ours', isUsed: true, mistakes: [] });
    writeFiles(outdir, { 'stacks/validibot-dev/.terraform.lock.hcl': "terraform's own" });
    run(outdir, undefined, {}, { text: 'ours', isUsed: false, mistakes: [] });
    expect(locks(outdir)).toEqual(["terraform's own"]);
  });

  it('prevents any output if there is a mistake in it', () => {
    const outdir = path.join(temporaryFolder(), 'out');
    const outcome = run(
      outdir,
      undefined,
      {},
      { text: '', isUsed: true, mistakes: ['It is old.'] },
    );
    const stderr = `It is old.\n\n1 error. ${outdir} is unchanged.\n`;
    expect(outcome).toEqual({ status: 1, stdout: '', stderr });
    expect(fs.existsSync(outdir)).toBe(false);
  });
});

/** Another file system than that of temporary folders. */
const SHM = '/dev/shm';

const onAnotherFileSystem =
  fs.existsSync(SHM) && fs.statSync(SHM).dev !== fs.statSync(os.tmpdir()).dev ? it : it.skip;

onAnotherFileSystem('writes into a folder on another file system, such as a mount', () => {
  const elsewhere = fs.mkdtempSync(path.join(SHM, 'synth-'));
  try {
    const outdir = path.join(temporaryFolder(), 'out');
    fs.symlinkSync(elsewhere, outdir);
    for (const times of [1, 2]) {
      expect({ times, ...run(outdir) }).toMatchObject({
        status: 0,
        stderr: expect.not.stringContaining('EXDEV') as string,
      });
    }
    expect(fs.readdirSync(elsewhere).sort()).toEqual(['manifest.json', 'stacks']);
  } finally {
    fs.rmSync(elsewhere, { recursive: true });
  }
});
