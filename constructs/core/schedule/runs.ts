import { checkCron, wallTimesAfter } from './cron';
import { checkTimeZone, clockChanges, offsetAt } from './time-zone';

/** When a job runs: a unix-cron expression in a time zone. */
export interface Schedule {
  /** Five-field unix cron, valid by `checkCron`. */
  readonly cron: string;
  /** A tz database name, valid by `checkTimeZone`. */
  readonly timeZone: string;
}

/** Whether the runs of a schedule can be enumerated: those in a syntax that only Google knows cannot. */
export function isValidSchedule({ cron, timeZone }: Schedule): boolean {
  return checkCron(cron).length === 0 && checkTimeZone(timeZone).length === 0;
}

/** A period in which a zone keeps one UTC offset; in milliseconds. */
interface Period {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** At least the longest time between two 29ths of February (around 2100), as a power of two hours. */
const LEAP_CYCLE = 2 ** 17 * HOUR;

/**
 * The runs of a schedule after an instant, in order, without end.
 *
 * Cloud Scheduler runs on wall-clock time and leaves daylight saving undefined ("may cause jobs to
 * run or not run unexpectedly"). Here a skipped time does not run, and a doubled time runs once,
 * the first time.
 */
export function* runsAfter(schedule: Schedule, after: Date): Generator<Date> {
  const instantOf = firstInstants(schedule.timeZone, new Date(after.getTime() - DAY));
  const from = after.getTime() + offsetAt(schedule.timeZone, after);
  for (const wall of wallTimesAfter(schedule.cron, from)) {
    const instant = instantOf(wall);
    // Otherwise it is a doubled time that already ran when it first occurred.
    if (instant !== undefined && instant > after.getTime()) yield new Date(instant);
  }
}

/** The next `count` runs after an instant. */
export function nextRuns(schedule: Schedule, after: Date, count: number): Date[] {
  const runs: Date[] = [];
  if (count < 1) return runs;
  for (const run of runsAfter(schedule, after)) {
    if (runs.push(run) >= count) break;
  }
  return runs;
}

/** The last run at or before an instant; undefined for a schedule without one in eight years. */
export function previousRun(schedule: Schedule, at: Date): Date | undefined {
  for (let reach = HOUR; reach <= LEAP_CYCLE; reach *= 2) {
    let last: Date | undefined;
    for (const run of runsAfter(schedule, new Date(at.getTime() - reach))) {
      if (run > at) break;
      last = run;
    }
    if (last !== undefined) return last;
  }
  return undefined;
}

/**
 * Returns a function that converts wall-clock times, in ascending order, to instants: the first
 * instant at which the clocks show that time, or undefined if they skip it.
 */
function firstInstants(timeZone: string, start: Date): (wall: number) => number | undefined {
  const rest = periods(timeZone, start);
  let current = rest.next().value;
  let following = rest.next().value;
  return (wall) => {
    while (current && wall - current.offset >= current.until) {
      if (!following || wall - following.offset < following.from) return undefined;
      current = following;
      following = rest.next().value;
    }
    return current && wall - current.offset;
  };
}

function* periods(timeZone: string, start: Date): Generator<Period, undefined> {
  let from = start.getTime();
  let offset = offsetAt(timeZone, start);
  for (const change of clockChanges(timeZone, start)) {
    yield { from, until: change.at.getTime(), offset };
    from = change.at.getTime();
    offset = change.after;
  }
  yield { from, until: Infinity, offset };
  return undefined;
}
