import {
  isValidSchedule,
  nextRuns,
  runsAfter,
  scheduleInWords,
  wallClock,
  type Schedule,
} from '../../../constructs/core/schedule';
import { DAY_SECONDS, secondsAfter } from '../../durations';
import { known, type Values } from '../plan/values';

const NEXT_RUNS = 3;

/** Runs are counted over this period, to see whether a job runs less often or not at all. */
export const COUNTED_DAYS = 28;

export interface JobSchedule {
  readonly cron: string;
  readonly timeZone: string;
  /** In plain English; undefined if the schedule or its time zone is not supported here. */
  readonly description: string | undefined;
  readonly nextRuns: readonly { readonly at: string; readonly wallClock: string }[];
}

/** A job's schedule, with its next runs; undefined if the plan does not show it. */
export function scheduleOf(values: Values, now: Date): JobSchedule | undefined {
  const cron = known(values, 'schedule');
  if (cron === undefined || isHidden(values, 'time_zone')) return undefined;
  // The provider's default.
  const timeZone = known(values, 'time_zone') ?? 'Etc/UTC';
  const schedule = { cron, timeZone };
  if (!isValidSchedule(schedule)) return { ...schedule, description: undefined, nextRuns: [] };
  return {
    ...schedule,
    description: scheduleInWords(cron),
    nextRuns: nextRuns(schedule, now, NEXT_RUNS).map((run) => ({
      at: run.toISOString(),
      wallClock: wallClock(timeZone, run),
    })),
  };
}

/** Whether the plan does not show an attribute's value: it is unknown or sensitive. */
export function isHidden(values: Values, path: string): boolean {
  const kind = values.get(path)?.kind;
  return kind === 'unknown' || kind === 'sensitive';
}

/** How often a schedule fires in the next COUNTED_DAYS; undefined if it is not supported here. */
export function countRuns(schedule: Schedule, now: Date): number | undefined {
  if (!isValidSchedule(schedule)) return undefined;
  const until = secondsAfter(now, COUNTED_DAYS * DAY_SECONDS);
  let count = 0;
  for (const run of runsAfter(schedule, now)) {
    if (run > until) break;
    count += 1;
  }
  return count;
}
