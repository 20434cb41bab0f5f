import { jobsOfStage, STAGES, type StageJob } from '../../stages/stages';
import { monitoringOf } from '../../stages/monitoring';

const HOUR = 3600;
const DEADLINE_AND_GRACE = 600 + 1800;

it('every job of the table is watched for missed runs, by the longest gap of its schedule', () => {
  const watched = jobsOfStage(STAGES.prod).map((job) => [
    job.task,
    monitoringOf(job, 'Australia/Sydney').missedAfterSeconds,
  ]);
  expect(Object.fromEntries(watched)).toEqual({
    // 02:00 is skipped once a year: 47 hours.
    'clear-sessions': 47 * HOUR + DEADLINE_AND_GRACE,
    'cleanup-idempotency-keys': 25 * HOUR + DEADLINE_AND_GRACE,
    'cleanup-callback-receipts': 169 * HOUR + DEADLINE_AND_GRACE,
    'purge-expired-submissions': 2 * HOUR + DEADLINE_AND_GRACE,
    'process-purge-retries': 65 * 60 + DEADLINE_AND_GRACE,
    'cleanup-stuck-runs': 70 * 60 + DEADLINE_AND_GRACE,
  });
});

describe('what no alert watches says why', () => {
  const job: StageJob = {
    task: 'clear-sessions',
    schedule: '0 2 * * *',
    endpoint: '/',
    purpose: '',
  };

  it('a job that the stage pauses', () => {
    expect(monitoringOf({ ...job, paused: true }, 'UTC')).toEqual({ reason: 'the stage pauses it' });
    expect(monitoringOf({ ...job, paused: false }, 'UTC')).toEqual({
      missedAfterSeconds: 24 * HOUR + DEADLINE_AND_GRACE,
    });
  });

  it('a job that runs once a quarter', () => {
    expect(monitoringOf({ ...job, schedule: '0 0 1 */3 *' }, 'UTC')).toEqual({
      reason: 'it runs so rarely that no alert could fire',
    });
  });
});

it('a longer deadline of the job makes the time longer', () => {
  const [job] = jobsOfStage({ jobs: { 'clear-sessions': { attemptDeadlineSeconds: 1800 } } });
  expect(job && monitoringOf(job, 'UTC').missedAfterSeconds).toBe(24 * HOUR + 1800 + 1800);
});
