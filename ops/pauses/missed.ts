import { GRACE_SECONDS } from '../../constructs/core/missed-runs';
import { isValidSchedule, nextRuns, runsAfter } from '../../constructs/core/schedule';
import { secondsAfter } from '../durations';
import type { Job } from '../google/scheduler';
import { deadlineSecondsOf } from '../jobs/last-run';

/** The runs that a job would have had. */
export interface Missed {
  readonly count: number;
  /** @default - it missed none */
  readonly last?: Date;
  /** When it runs next. @default - never, or its schedule is not understood */
  readonly next?: Date;
}

/** What a job missed since a time. */
export function missedRuns(
  { schedule: cron = '', timeZone = 'UTC' }: Job,
  since: Date,
  now: Date,
): Missed {
  const schedule = { cron, timeZone };
  if (!isValidSchedule(schedule)) return { count: 0 };
  let count = 0;
  let last: Date | undefined;
  for (const run of runsAfter(schedule, since)) {
    if (run > now) break;
    count += 1;
    last = run;
  }
  const [next] = nextRuns(schedule, now, 1);
  return { count, ...(last && { last }), ...(next && { next }) };
}

/** When a job that runs next at that time has certainly succeeded, and the metric shows it. */
export function succeededBy(next: Date, live: Job): Date {
  return secondsAfter(next, deadlineSecondsOf(live) + GRACE_SECONDS);
}
