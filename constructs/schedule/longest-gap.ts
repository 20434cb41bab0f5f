import { runsAfter, type Schedule } from './runs';
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
  if (!known.has(key)) {
    const gaps = windows(schedule).flatMap(([from, until]) => longestGapIn(schedule, from, until));
    known.set(key, gaps.length === 0 ? undefined : Math.max(...gaps));
  }
  return known.get(key);
}

/** It takes some 50 ms for a job that runs every few minutes, and stages share their schedules. */
const known = new Map<string, number | undefined>();

/** A schedule that is the same every day is as long as any around a day, or a change of the clocks. */
function windows({ cron, timeZone }: Schedule): [from: number, until: number][] {
  if (!cron.endsWith(' * * *')) return [[FROM, UNTIL]];
  const changes: [number, number][] = [];
  for (const { at } of clockChanges(timeZone, new Date(FROM))) {
    if (at.getTime() > UNTIL) break;
    changes.push([at.getTime() - 2 * DAY, at.getTime() + 2 * DAY]);
  }
  return [[FROM, FROM + 3 * DAY], ...changes];
}

function longestGapIn(schedule: Schedule, from: number, until: number): number[] {
  let longest = 0;
  let last: number | undefined;
  for (const run of runsAfter(schedule, new Date(from))) {
    if (run.getTime() > until) break;
    if (last !== undefined) longest = Math.max(longest, run.getTime() - last);
    last = run.getTime();
  }
  return longest === 0 ? [] : [longest];
}
