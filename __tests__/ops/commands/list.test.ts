import { bareEnvironment, callOps, OpsSandbox } from '../support';

let sandbox: OpsSandbox;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

interface Listed {
  readonly ok: boolean;
  readonly jobs: readonly {
    readonly stage?: string;
    readonly job: string;
    readonly state?: string;
    readonly scheduleInWords?: string;
    readonly lastResult?: string;
    readonly lastRun?: string;
    readonly nextRun?: string;
    readonly marks: readonly string[];
    readonly differences: readonly { field: string; live: string; table: string }[];
  }[];
}

it('marks nothing in a stage that matches the table', async () => {
  await sandbox.deploy('dev');
  const { status, stdout, stderr } = await sandbox.ops('list', 'dev', '--check');
  expect(stderr).toBe('');
  expect(
    stdout
      .split('\n')[1]
      ?.split('│')
      .map((cell) => cell.trim()),
  ).toEqual([
    'dev',
    'validibot-clear-sessions-dev',
    'enabled',
    'At 02:00, every day',
    '',
    'never ran',
    expect.stringMatching(/^\d{4}-\d\d-\d\d 02:00$/),
  ]);
  expect(stdout).toContain(
    'Project validibot-sandbox, region australia-southeast1. Times are in Australia/Sydney.',
  );
  expect(status).toBe(0);
});

it('lists all stages, and marks missing jobs', async () => {
  await sandbox.deploy('dev');
  const { ok, jobs } = await sandbox.json<Listed>('list');
  expect(ok).toBe(false);
  expect(jobs).toHaveLength(18);
  expect(jobs.filter(({ marks }) => marks.includes('missing'))).toHaveLength(12);
  expect(jobs.filter(({ stage }) => stage === 'dev').map(({ marks }) => marks)).toEqual(
    Array(6).fill([]),
  );
});

it('exits with 1 for a marked job, only with --check', async () => {
  expect((await sandbox.ops('list', 'dev')).status).toBe(0);
  expect((await sandbox.ops('list', 'dev', '--check')).status).toBe(1);
});

it('marks paused, drifted and unmanaged jobs', async () => {
  await sandbox.deploy('dev');
  await sandbox.pauseJob('validibot-clear-sessions-dev');
  await sandbox.patchJob(
    'validibot-cleanup-stuck-runs-dev',
    { schedule: '0 5 * * *', attemptDeadline: '180s' },
    'schedule,attemptDeadline',
  );
  const [workerUrl = ''] = await sandbox.urlsOf('validibot-worker-dev');
  const unmanaged = { schedule: '0 2 * * *', timeZone: 'UTC' };
  await sandbox.createJob({ name: 'by-hand', ...unmanaged, httpTarget: { uri: `${workerUrl}/x` } });
  await sandbox.createJob({
    name: 'unrelated',
    ...unmanaged,
    httpTarget: { uri: 'https://example.com/' },
  });

  const { jobs } = await sandbox.json<Listed>('list');
  const marks = Object.fromEntries(jobs.map((job) => [job.job, job.marks]));
  expect(marks['validibot-clear-sessions-dev']).toEqual(['paused']);
  expect(marks['validibot-cleanup-stuck-runs-dev']).toEqual(['drifted']);
  expect(marks['by-hand']).toEqual(['unmanaged']);
  // Another team's, in a shared project.
  expect(marks.unrelated).toEqual([]);
  const drifted = jobs.find(({ job }) => job === 'validibot-cleanup-stuck-runs-dev');
  expect(drifted?.differences).toEqual([
    { field: 'schedule', live: '0 5 * * *', table: '*/10 * * * *' },
    { field: 'attemptDeadlineSeconds', live: '180', table: '600' },
  ]);

  const { stdout } = await sandbox.ops('list', 'dev');
  expect(stdout).toContain('drifted: schedule, attemptDeadlineSeconds');
  expect(stdout).toContain(
    'validibot-cleanup-stuck-runs-dev: schedule is 0 5 * * * instead of */10 * * * *',
  );
  expect(stdout).toContain('by-hand');
  expect(stdout).toContain(" Times are in each job's own time zone.");
  expect(stdout).toMatch(/ │ \d{4}-\d\d-\d\d 03:00 Australia\/Sydney +│/);
  expect(stdout).toMatch(/ │ \d{4}-\d\d-\d\d 02:00 UTC +│ unmanaged/);
  // For one stage, only jobs that target its worker.
  expect(stdout).not.toContain('unrelated');
});

it('describes the result of the last run', async () => {
  await sandbox.deploy('dev');
  await sandbox.fault({ fault: 'worker-in-web-mode', stage: 'dev' });
  await sandbox.ops('run', 'clear-sessions', 'dev');
  await sandbox.clearFaults();
  await sandbox.ops('run', 'cleanup-stuck-runs', 'dev');
  const { jobs } = await sandbox.json<Listed>('list', 'dev');
  const results = Object.fromEntries(jobs.map((job) => [job.job, job.lastResult]));
  expect(results).toMatchObject({
    'validibot-clear-sessions-dev': '404: no such endpoint',
    'validibot-cleanup-stuck-runs-dev': 'succeeded',
    'validibot-cleanup-idempotency-keys-dev': 'never ran',
  });
});

it('counts a job whose last run failed with --check', async () => {
  await sandbox.deploy('dev');
  await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500, times: 1 });
  await sandbox.ops('run', 'clear-sessions', 'dev');
  const { status, stdout } = await sandbox.ops('list', 'dev', '--check');
  expect(stdout).toMatch(/│ 500: failed +│ .* │ failed\n/);
  expect(status).toBe(1);
  await sandbox.ops('run', 'clear-sessions', 'dev');
  expect((await sandbox.ops('list', 'dev', '--check')).status).toBe(0);
});

it('counts no job that a shared project has beside those of the app', async () => {
  await sandbox.deploy('dev');
  const other = { schedule: '0 2 * * *', timeZone: 'UTC', httpTarget: { uri: 'https://a.com/' } };
  await sandbox.createJob({ name: 'nightly-report', ...other });
  const unmarked = async () =>
    (await sandbox.json<Listed>('list')).jobs.filter(
      ({ marks, stage = 'dev' }) => stage === 'dev' && marks.length > 0,
    );
  expect(await unmarked()).toEqual([]);
  await sandbox.createJob({ name: 'validibot-forgotten-dev', ...other });
  expect(await unmarked()).toMatchObject([{ job: 'validibot-forgotten-dev' }]);
});

it('shows a run under way as running, whatever the run before it did', async () => {
  await sandbox.deploy('dev');
  await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500, times: 1 });
  await sandbox.ops('run', 'clear-sessions', 'dev');
  await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 45 });
  await sandbox.ops('run', 'clear-sessions', 'dev', '--no-wait');
  const { status, stdout } = await sandbox.ops('list', 'dev', '--check');
  expect(stdout).toMatch(/validibot-clear-sessions-dev +│ running │ .* │ running +│/);
  expect(status).toBe(0);
  const { jobs } = await sandbox.json<Listed>('list', 'dev');
  expect(jobs[0]).toMatchObject({
    state: 'ENABLED',
    running: true,
    lastResult: 'running',
    marks: [],
  });
  await sandbox.pauseJob('validibot-clear-sessions-dev');
  expect((await sandbox.ops('list', 'dev')).stdout).toContain('│ paused, running │');
  await sandbox.advance(50);
  expect((await sandbox.json<Listed>('list', 'dev')).jobs[0]).toMatchObject({
    running: false,
    lastResult: 'succeeded',
  });
});

it('says so when the log does not tell whether a job runs', async () => {
  await sandbox.deploy('dev');
  await sandbox.ops('run', 'clear-sessions', 'dev');
  await sandbox.fault({ fault: 'call', code: 403, path: 'entries:list' });
  const { stderr } = await sandbox.ops('list', 'dev');
  expect(stderr).toContain('Warning: running jobs: the log could not be read, so a result may be ');
});

it('lists jobs without a worker, and warns that URIs were not compared', async () => {
  await sandbox.deploy('dev');
  await sandbox.fault({ fault: 'worker-missing', stage: 'dev' });
  const { status, stdout, stderr } = await sandbox.ops('list', 'dev', '--check');
  expect(stdout).toContain('validibot-clear-sessions-dev');
  expect(stderr).toContain(
    'Warning: dev: the worker could not be read, so URIs were not compared. ',
  );
  expect(status).toBe(0);
});

it('never shows the token that the API adds to the headers', async () => {
  await sandbox.deploy('dev');
  for (const args of [['list'], ['list', '--json']]) {
    const { stdout, stderr } = await sandbox.ops(...args);
    expect(`${stdout}${stderr}`).not.toMatch(/bearer|injected|sandbox-token/i);
  }
});

it("shows Google's message when the caller may not list jobs", async () => {
  await sandbox.fault({ fault: 'call', code: 403, path: '/jobs' });
  const { status, stdout, stderr } = await sandbox.ops('list');
  expect(stdout).toBe('');
  expect(stderr).toContain('403 PERMISSION_DENIED: The caller does not have permission');
  expect(stderr).toContain('--role=roles/cloudscheduler.admin');
  expect(status).toBe(1);
});

it('retries after a 503 and a 429', async () => {
  await sandbox.deploy('dev');
  await sandbox.fault({ fault: 'call', code: 503, path: '/jobs', times: 1 });
  await sandbox.fault({ fault: 'call', code: 429, path: '/jobs', times: 1 });
  expect((await sandbox.ops('list', 'dev', '--check')).status).toBe(0);
});

it('names the API to enable', async () => {
  await sandbox.fault({ fault: 'api-disabled', api: 'cloudscheduler.googleapis.com' });
  const { status, stderr } = await sandbox.ops('list');
  expect(stderr).toContain(
    'Fix: gcloud services enable cloudscheduler.googleapis.com --project=validibot-sandbox',
  );
  expect(status).toBe(1);
});

it.each([
  [['list', 'qa'], 'Invalid stage "qa": no such stage'],
  [['list', '--chek'], "unknown option '--chek'"],
  [['list', 'dev', 'prod'], 'too many arguments'],
  [['lst'], "unknown command 'lst'"],
])('rejects %j', async (args, message) => {
  const { status, stdout, stderr } = await sandbox.ops(...args);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

it('does not list again and again where there is no terminal', async () => {
  const { status, stderr } = await callOps(bareEnvironment({ GCP_PROJECT_ID: 'my-project' }), [
    'list',
    '--watch',
  ]);
  expect(stderr).toContain('Invalid --watch true: stdout is not a terminal. Fix: ');
  expect(status).toBe(2);
});
