import { JOB_DEFAULTS } from '../constructs/core/job-defaults';
import { missedRunsAfterSeconds } from '../constructs/core/missed-runs';
import { checkCron } from '../constructs/core/schedule';
import type { StageJob } from './stages';

/** Who notices when a job of a stage does not succeed. */
export interface Watch {
  /** Seconds without success after which an alert says so; undefined where the doctor alone looks. */
  readonly missedAfterSeconds?: number;
  /** Why no alert watches for missed runs. */
  readonly reason?: string;
}

/** What watches a job besides the alert on failed attempts, which watches every job. */
export function watchOf(job: StageJob, timeZone: string): Watch {
  if (job.paused === true) return { reason: 'the stage pauses it' };
  if (checkCron(job.schedule).length > 0) return { reason: 'its schedule is not right' };
  const deadline = job.attemptDeadlineSeconds ?? JOB_DEFAULTS.attemptDeadlineSeconds;
  const missedAfterSeconds = missedRunsAfterSeconds({ cron: job.schedule, timeZone }, deadline);
  return missedAfterSeconds === undefined
    ? { reason: 'it runs so rarely that no alert could fire' }
    : { missedAfterSeconds };
}
