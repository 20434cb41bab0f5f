import { nextRuns, previousRun, runsAfter, type Schedule } from './runs';
import { clockChanges } from './time-zone';

const DAY = 86_400_000;

/**
 * The two years that gaps are looked for in; fixed, so that what is derived from a gap is the same
 * on every day, and with a leap year in it.
 */
const FROM = Date.UTC(2027, 0, 1);
const UNTIL = Date.UTC(2029, 0, 1);

/**
 * The longest time between two runs that follow each other, in milliseconds, over two years with
 * their changes of the clocks; undefined for a schedule that does not run twice in them.
 */
export function longestGap(schedule: Schedule): number | undefined {
  const key = `${schedule.cron} ${schedule.timeZone}`;
  if (!known.has(key)) known.set(key, findLongestGap(schedule));
  return known.get(key);
}

/** Stages share their schedules. */
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
 * Of a schedule that is the same every day, a change of the clocks touches one gap: the one that it
 * falls in.
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
