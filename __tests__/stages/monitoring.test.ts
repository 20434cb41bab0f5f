import { jobsOfStage, STAGES, type StageJob } from '../../stages/stages';
import { monitoringOf } from '../../stages/monitoring';

const HOUR = 3600;
const DEADLINE_AND_GRACE = 600 + 1800;

it('alerts missed runs of every job of the table, by the longest gap of its schedule', () => {
  const thresholds = jobsOfStage(STAGES.prod).map((job) => [
    job.task,
    monitoringOf(job, 'Australia/Sydney').missedAfterSeconds,
  ]);
  expect(Object.fromEntries(thresholds)).toEqual({
    // 02:00 is skipped once a year: 47 hours.
    'clear-sessions': 47 * HOUR + DEADLINE_AND_GRACE,
    'cleanup-idempotency-keys': 25 * HOUR + DEADLINE_AND_GRACE,
    'cleanup-callback-receipts': 169 * HOUR + DEADLINE_AND_GRACE,
    'purge-expired-submissions': 2 * HOUR + DEADLINE_AND_GRACE,
    'process-purge-retries': 65 * 60 + DEADLINE_AND_GRACE,
    'cleanup-stuck-runs': 70 * 60 + DEADLINE_AND_GRACE,
  });
});

describe('the reason for no alert', () => {
  const job: StageJob = {
    task: 'clear-sessions',
    schedule: '0 2 * * *',
    endpoint: '/',
    purpose: '',
  };

  it('is that the stage pauses the job', () => {
    expect(monitoringOf({ ...job, paused: true }, 'UTC')).toEqual({
      reason: 'the stage pauses it',
    });
    expect(monitoringOf({ ...job, paused: false }, 'UTC')).toEqual({
      missedAfterSeconds: 24 * HOUR + DEADLINE_AND_GRACE,
    });
  });

  it('is that the job runs once a quarter', () => {
    expect(monitoringOf({ ...job, schedule: '0 0 1 */3 *' }, 'UTC')).toEqual({
      reason: 'it runs too rarely for an alert',
    });
  });
});

it('waits longer for a job with a longer deadline', () => {
  const [job] = jobsOfStage({ jobs: { 'clear-sessions': { attemptDeadlineSeconds: 1800 } } });
  expect(job && monitoringOf(job, 'UTC').missedAfterSeconds).toBe(24 * HOUR + 1800 + 1800);
});
