import { JOB_DEFAULTS } from '../constructs/core/job-defaults';
import { missedRunsAfterSeconds } from '../constructs/core/missed-runs';
import { checkCron } from '../constructs/core/schedule';
import type { StageJob } from './stages';

/** How missed runs of a stage's job are noticed. */
export interface Monitoring {
  /** Seconds without success after which an alert fires; undefined if only the doctor checks. */
  readonly missedAfterSeconds?: number;
  /** Why there is no alert for missed runs: `the stage pauses it`. */
  readonly reason?: string;
}

/** The alert for a job's missed runs. Failed attempts are alerted for every job. */
export function monitoringOf(job: StageJob, timeZone: string): Monitoring {
  if (job.paused === true) return { reason: 'the stage pauses it' };
  if (checkCron(job.schedule).length > 0) return { reason: 'its schedule is invalid' };
  const deadline = job.attemptDeadlineSeconds ?? JOB_DEFAULTS.attemptDeadlineSeconds;
  const missedAfterSeconds = missedRunsAfterSeconds({ cron: job.schedule, timeZone }, deadline);
  return missedAfterSeconds === undefined
    ? { reason: 'it runs too rarely for an alert' }
    : { missedAfterSeconds };
}
