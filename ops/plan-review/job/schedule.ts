import {
  checkCron,
  checkTimeZone,
  nextRuns,
  runsAfter,
  scheduleInWords,
  wallClock,
} from '../../../constructs/core/schedule';
import { known, type Values } from '../plan/values';

const NEXT_RUNS = 3;

/** Runs are counted over this time to tell whether a job runs less often, or hardly at all. */
export const COUNTED_DAYS = 28;

export interface JobSchedule {
  readonly cron: string;
  readonly timeZone: string;
  /** Undefined when the schedule or its zone is of a kind that is not known here. */
  readonly words: string | undefined;
  readonly nextRuns: readonly { readonly at: string; readonly wallClock: string }[];
}

/** A job's schedule after an instant, or undefined when the plan does not tell it. */
export function scheduleOf(values: Values, now: Date): JobSchedule | undefined {
  const cron = known(values, 'schedule');
  if (cron === undefined || hasUntold(values, 'time_zone')) return undefined;
  // The provider's default.
  const timeZone = known(values, 'time_zone') ?? 'Etc/UTC';
  const schedule = { cron, timeZone };
  if (!isValid(schedule)) return { ...schedule, words: undefined, nextRuns: [] };
  return {
    ...schedule,
    words: scheduleInWords(cron),
    nextRuns: nextRuns(schedule, now, NEXT_RUNS).map((run) => ({
      at: run.toISOString(),
      wallClock: wallClock(timeZone, run),
    })),
  };
}

/** Whether a value is there that the plan does not tell: unknown or sensitive. */
export function hasUntold(values: Values, path: string): boolean {
  const kind = values.get(path)?.kind;
  return kind === 'unknown' || kind === 'sensitive';
}

/** The runs of a schedule in the coming days; undefined for one that is not known here. */
export function countRuns(schedule: CronInZone, now: Date): number | undefined {
  if (!isValid(schedule)) return undefined;
  const until = now.getTime() + COUNTED_DAYS * 86_400_000;
  let count = 0;
  for (const run of runsAfter(schedule, now)) {
    if (run.getTime() > until) break;
    count += 1;
  }
  return count;
}

type CronInZone = Pick<JobSchedule, 'cron' | 'timeZone'>;

function isValid({ cron, timeZone }: CronInZone): boolean {
  return checkCron(cron).length === 0 && checkTimeZone(timeZone).length === 0;
}
