import { missedRunsAlertName } from '../../../constructs/core/alert-names';
import { OpsSandbox, PROJECT } from '../support';
import { monitorStage, type OpenedIncident } from './monitor-stage';

jest.setTimeout(120_000);

const DAILY = 'validibot-clear-sessions-dev';
const WEEKLY = 'validibot-cleanup-callback-receipts-dev';
const FREQUENT = 'validibot-process-purge-retries-dev';
const HOUR = 3600;
const DAY = 24 * HOUR;

let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

interface Finding {
  readonly check: string;
  readonly subject: string;
  readonly finding?: string;
  readonly status: string;
  readonly cause: string;
}

/** Deploys one job of dev with its alerts, and lets it succeed. */
async function start(job: string): Promise<void> {
  await sandbox.deploy('dev');
  await monitorStage(sandbox, 'dev', job);
  for (const name of await sandbox.jobNames()) if (name !== job) await sandbox.deleteJob(name);
  expect((await sandbox.ops('run', job)).status).toBe(0);
}

/** 06:02 UTC: no run is due while a command runs, and the daily jobs, of Melbourne's night, not within an hour. */
async function awayFromRuns(): Promise<void> {
  const { now } = await sandbox.call('POST', '/_sandbox/advance', { seconds: 1 });
  const time = Math.floor(Date.parse(String(now)) / 1000) % DAY;
  await sandbox.advance(DAY - time + 6 * HOUR + 120);
}

function incidents(): Promise<OpenedIncident[]> {
  return sandbox
    .call('GET', `/v3/projects/${PROJECT}/alerts`)
    .then(({ alerts = [] }) => alerts as OpenedIncident[]);
}

async function findingOf(check: string, job: string): Promise<Finding | undefined> {
  const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
  return findings.find((each) => each.check === check && each.subject === job);
}

describe('a pause with an end', () => {
  it('is silent until its end, and known after it', async () => {
    await start(FREQUENT);
    const { stdout, stderr } = await sandbox.ops(
      ...['pause', FREQUENT, '--for', '4h', '--reason', 'a migration'],
    );
    expect(stdout).toContain('is paused.');
    expect(stderr).toMatch(
      /^Noted: by \S+ until \d{4}-\d\d-\d\d \d\d:\d\d Australia\/Sydney: a migration\./,
    );
    await sandbox.advance(4 * HOUR - 60);
    expect(await incidents()).toEqual([]);
    expect(await findingOf('job-paused', FREQUENT)).toMatchObject({
      finding: 'job-paused-until',
      status: 'warning',
      cause: expect.stringMatching(/^paused by \S+ since .* until .*: a migration$/) as string,
    });

    await sandbox.advance(HOUR);
    expect(await incidents()).toMatchObject([
      { state: 'OPEN', policy: { displayName: missedRunsAlertName(FREQUENT) } },
    ]);
    expect(await findingOf('job-paused', FREQUENT)).toMatchObject({
      finding: 'job-pause-ended',
      status: 'failure',
    });
    // The end does not resume it.
    expect((await sandbox.job(FREQUENT)).state).toBe('PAUSED');
  });

  it('is shown by list', async () => {
    await start(DAILY);
    await sandbox.ops('pause', DAILY, '--reason', 'a migration');
    expect((await sandbox.ops('list', 'dev')).stdout).toMatch(
      new RegExp(`${DAILY}: paused by \\S+ since .* until .*: a migration`),
    );
    const { jobs } = await sandbox.json<{ jobs: { job: string; pause?: object }[] }>('list', 'dev');
    expect(jobs.find(({ job }) => job === DAILY)?.pause).toMatchObject({ reason: 'a migration' });
  });

  it('can be changed while it lasts', async () => {
    await start(FREQUENT);
    await sandbox.ops('pause', FREQUENT, '--for', '1h', '--reason', 'a migration');
    await sandbox.ops('pause', FREQUENT, '--for', '5h', '--reason', 'a longer one');
    await sandbox.advance(4 * HOUR);
    expect(await incidents()).toEqual([]);
    expect((await findingOf('job-paused', FREQUENT))?.cause).toMatch(/: a longer one$/);
  });

  it('is noted for each job of a stage, but not for those that were paused before', async () => {
    await sandbox.deploy('dev');
    await monitorStage(sandbox, 'dev');
    await sandbox.ops('pause', DAILY, '--reason', 'broken');
    await sandbox.ops('pause-all', 'dev', '--reason', 'maintenance');
    const { jobs } = await sandbox.json<{ jobs: { job: string; pause?: { reason: string } }[] }>(
      ...['list', 'dev'],
    );
    expect(jobs.map(({ job, pause }) => [job, pause?.reason])).toEqual(
      jobs.map(({ job }) => [job, job === DAILY ? 'broken' : 'maintenance']),
    );
  });
});

it.each([
  ['daily', DAILY, 3 * DAY, 2.5 * DAY, 2 * DAY, 4 * DAY],
  ['weekly', WEEKLY, 12 * DAY, 11 * DAY, 8 * DAY, 15 * DAY],
  ['five-minute', FREQUENT, 4 * HOUR, 3 * HOUR, 3 * HOUR, 4 * HOUR],
])(
  'a %s job that is resumed raises no incident',
  async (_rhythm, job, duration, paused, after, failing) => {
    await start(job);
    await sandbox.ops('pause', job, '--for', `${duration / HOUR}h`);
    await sandbox.advance(paused);
    const { stderr } = await sandbox.ops('resume', job);
    expect(stderr).toMatch(new RegExp(`^${job} missed \\d+ runs?, the last at `));
    expect(await findingOf('job-last-success', job)).toMatchObject({ status: 'ok' });
    await sandbox.advance(after);
    expect(await incidents()).toEqual([]);

    // From then on, it is watched as before.
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500 });
    await sandbox.advance(failing);
    expect((await incidents()).map(({ policy }) => policy.displayName)).toContain(
      missedRunsAlertName(job),
    );
  },
);

describe('--catch-up', () => {
  it('runs a job that missed a run, and reports how it went', async () => {
    await start(DAILY);
    await sandbox.ops('pause', DAILY, '--for', '3d');
    await sandbox.advance(2 * DAY);
    expect(await sandbox.json('resume', DAILY, '--catch-up')).toMatchObject({
      state: 'ENABLED',
      missedRuns: 2,
      catchUp: 'succeeded',
    });
    expect(await incidents()).toEqual([]);
  });

  it('exits with 1 when the run fails', async () => {
    await start(DAILY);
    await sandbox.ops('pause', DAILY);
    await sandbox.advance(DAY);
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500, times: 1 });
    const { status, stderr } = await sandbox.ops('resume', DAILY, '--catch-up');
    expect(stderr).toContain('Its catch-up failed: 500');
    expect(stderr).toContain('Fix: just gcp-scheduler-doctor dev');
    expect(status).toBe(1);
  });

  it('runs nothing for a job that missed nothing', async () => {
    await start(DAILY);
    await sandbox.ops('pause', DAILY);
    const { lastAttemptTime } = await sandbox.job(DAILY);
    expect(await sandbox.json('resume', DAILY, '--catch-up')).toMatchObject({ missedRuns: 0 });
    expect((await sandbox.job(DAILY)).lastAttemptTime).toBe(lastAttemptTime);
  });

  it('of a stage runs only jobs that will not run soon', async () => {
    await sandbox.deploy('dev');
    await monitorStage(sandbox, 'dev');
    await awayFromRuns();
    await sandbox.ops('pause-all', 'dev');
    await sandbox.advance(DAY);
    const { ok, jobs } = await sandbox.json<{
      ok: boolean;
      jobs: { job: string; missedRuns: number; catchUp?: string }[];
    }>('resume-all', 'dev', '--confirm', 'validibot-dev', '--catch-up');
    expect(ok).toBe(true);
    const ran = jobs.filter(({ catchUp }) => catchUp === 'succeeded').map(({ job }) => job);
    expect(ran).toContain(DAILY);
    expect(ran).not.toContain(FREQUENT);
    expect(jobs.find(({ job }) => job === FREQUENT)?.missedRuns).toBe(288);
  });
});

describe('without the permission to snooze', () => {
  it('pauses and resumes a job anyway, and says what is not stored', async () => {
    await start(FREQUENT);
    await sandbox.fault({ fault: 'call', code: 403, path: '/snoozes' });
    const pause = await sandbox.ops('pause', FREQUENT, '--reason', 'a migration');
    expect(pause.stderr).toMatch(/who paused it, why and until when is not kept/);
    expect(pause.stderr).toContain('roles/monitoring.');
    expect(pause.status).toBe(0);
    expect((await sandbox.job(FREQUENT)).state).toBe('PAUSED');
    await sandbox.advance(HOUR);
    const resume = await sandbox.ops('resume', FREQUENT, '--catch-up');
    expect(resume.stdout).toContain('Its catch-up succeeded.');
    expect(resume.status).toBe(0);
    const { status } = await sandbox.ops('list', 'dev');
    expect(status).toBe(0);
  });

  it('a job without an alert on missed runs is paused, with a warning', async () => {
    await sandbox.deploy('dev');
    const { status, stderr } = await sandbox.ops('pause', DAILY);
    expect(stderr).toContain('it has no alert on missed runs that could keep them');
    expect(status).toBe(0);
  });
});

it.each([
  [['--until', 'tomorrow'], 'Invalid --until "tomorrow": is not a time'],
  [['--until', '2020-01-01 00:00'], 'Invalid --until "2020-01-01 00:00": is in the past'],
  [['--until', '2099-01-01 00:00', '--for', '1h'], 'must not be used together with --until'],
  [['--for', 'ever'], 'Invalid --for "ever"'],
  [['--reason', ' '], 'Invalid --reason'],
  [['--reason', 'x'.repeat(301), '--for', 'ever'], 'must have 1 to 300 characters'],
])('rejects %j, and pauses nothing', async (options, message) => {
  await sandbox.deploy('dev');
  const { status, stderr } = await sandbox.ops('pause', DAILY, ...options);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
  expect((await sandbox.job(DAILY)).state).toBe('ENABLED');
});

it('takes a time of the schedules\u2019 zone, or one with an offset', async () => {
  await start(DAILY);
  const until = async (given: string) =>
    (await sandbox.json<{ pause: { until: string } }>('pause', DAILY, '--until', given)).pause
      .until;
  expect(await until('2099-01-31 14:00')).toBe('2099-01-31T03:00:00.000Z');
  expect(await until('2099-01-31T14:00+02:00')).toBe('2099-01-31T12:00:00.000Z');
});

describe('headroom', () => {
  it('warns before the first timeout', async () => {
    await start(DAILY);
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 450 });
    await sandbox.advance(2 * DAY);
    expect(await findingOf('job-headroom', DAILY)).toMatchObject({
      finding: 'headroom-low',
      status: 'warning',
      cause: expect.stringMatching(
        /^p95 of \d+ attempts since .* is 7\.5 min, 75 % of the deadline of 10 min$/,
      ) as string,
    });
    expect((await findingOf('job-last-attempt', DAILY))?.status).toBe('ok');
  });
});
