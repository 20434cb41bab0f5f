import { nextRuns, previousRun, runsAfter, type Schedule } from './runs';
import { clockChanges } from './time-zone';

const DAY = 86_400_000;

/**
 * The two years in which gaps are searched: fixed, so that values derived from a gap do not change
 * from day to day, and including a leap year.
 */
const FROM = Date.UTC(2027, 0, 1);
const UNTIL = Date.UTC(2029, 0, 1);

/**
 * The longest time between two consecutive runs in two years, clock changes included, in
 * milliseconds; undefined for a schedule that does not run twice in that time.
 */
export function longestGap(schedule: Schedule): number | undefined {
  const key = `${schedule.cron} ${schedule.timeZone}`;
  if (!known.has(key)) known.set(key, findLongestGap(schedule));
  return known.get(key);
}

/** Stages share schedules. */
const known = new Map<string, number | undefined>();

function findLongestGap(schedule: Schedule): number | undefined {
  const isDaily = schedule.cron.endsWith(' * * *');
  const gaps = isDaily
    ? [...gapsBetween(schedule, FROM, FROM + 2 * DAY), ...gapsAroundChanges(schedule)]
    : gapsBetween(schedule, FROM, UNTIL);
  let longest: number | undefined;
  for (const gap of gaps) longest = Math.max(longest ?? 0, gap);
  return longest;
}

/**
 * For a schedule that is the same every day, a clock change affects one gap: the one that it falls
 * in.
 */
function* gapsAroundChanges(schedule: Schedule): Generator<number> {
  for (const { at } of clockChanges(schedule.timeZone, new Date(FROM))) {
    if (at.getTime() > UNTIL) return;
    const before = new Date(at.getTime() - 1);
    const last = previousRun(schedule, before);
    const [next] = nextRuns(schedule, before, 1);
    if (last && next) yield next.getTime() - last.getTime();
  }
}

function* gapsBetween(schedule: Schedule, from: number, until: number): Generator<number> {
  let last: number | undefined;
  for (const run of runsAfter(schedule, new Date(from))) {
    if (run.getTime() > until) return;
    if (last !== undefined) yield run.getTime() - last;
    last = run.getTime();
  }
}
