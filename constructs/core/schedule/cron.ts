import { Cron } from 'croner';
import type { Violation } from '../mistake';
import { checkField, FIELDS } from './fields';

const FORMAT = 'minute hour day-of-month month day-of-week';
const EXAMPLE = 'write it like 0 2 * * *';

/**
 * What Cloud Scheduler would reject in a unix-cron expression, or why the job would never run; empty
 * for a valid one. It finds all mistakes, not only the first.
 */
export function checkCron(expression: string): Violation[] {
  if (expression.startsWith('@')) {
    return [
      {
        wrong: 'Cloud Scheduler does not support @ shorthands',
        expected: FORMAT,
        fix: shorthandFix(expression),
      },
    ];
  }
  const texts = expression.split(' ');
  if (texts.length !== FIELDS.length || texts.includes('')) {
    const count = expression.split(/\s+/).filter(Boolean).length;
    const wrong =
      count === FIELDS.length
        ? 'fields must be separated by exactly one space'
        : `must have 5 fields, has ${count}`;
    return [{ wrong, expected: FORMAT, fix: EXAMPLE }];
  }
  const violations = FIELDS.flatMap((field, index) => checkField(field, texts[index] ?? ''));
  if (violations.length > 0) return violations;
  const [, , dayOfMonth = '', , dayOfWeek = ''] = texts;
  if (isAmbiguous(dayOfMonth, dayOfWeek)) {
    return [
      {
        wrong: `day of month "${dayOfMonth}" with day of week "${dayOfWeek}" is ambiguous: both or either may have to match`,
        fix: 'replace * with a range, such as 1-31/2 or 0-6/2; then either day matches',
      },
    ];
  }
  if (neverRuns(expression)) {
    return [
      {
        wrong: 'never runs, because none of its months has that day',
        fix: 'correct the day of month or the month',
      },
    ];
  }
  return [];
}

/** What the shorthands of crontab(5) mean. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

function shorthandFix(expression: string): string {
  const meant = SHORTHANDS[expression.toLowerCase()];
  return meant === undefined ? EXAMPLE : `write ${meant}`;
}

/**
 * When both day fields are restricted, either may match. crontab(5) does not count `*` with a step as a
 * restriction, other implementations do; Google does not say.
 */
function isAmbiguous(dayOfMonth: string, dayOfWeek: string): boolean {
  const fields = [dayOfMonth, dayOfWeek];
  return !fields.includes('*') && fields.some((field) => field.includes('*'));
}

/** Whether the schedule may run in every hour of the day. Only for valid expressions. */
export function runsEveryHour(expression: string): boolean {
  const hour = expression.split(' ')[1];
  return hour === '*' || hour === '*/1' || hour === '0-23';
}

/**
 * Runs in wall-clock time, without a time zone: a Date whose UTC fields are the wall clock's. croner
 * handles UTC offset 0 about ten times faster than the zone named UTC.
 */
function wallClockCron(expression: string): Cron {
  return new Cron(expression, { utcOffset: 0, paused: true });
}

const DAY = 86_400_000;

/**
 * The wall-clock times of an expression after one of them, in order, without end; in milliseconds
 * as if in UTC. Every day with runs has the same times, so croner only computes the days.
 */
export function* wallTimesAfter(expression: string, after: number): Generator<number, undefined> {
  const times = timesOfDay(expression);
  for (const day of daysFrom(expression, Math.floor(after / DAY) * DAY)) {
    for (const time of times) if (day + time > after) yield day + time;
  }
  return undefined;
}

/** The days on which an expression runs, from `first`; their midnights, in milliseconds. */
function* daysFrom(expression: string, first: number): Generator<number, undefined> {
  const [, , ...fields] = expression.split(' ');
  if (fields.every((field) => field === '*')) for (let day = first; ; day += DAY) yield day;
  const cron = wallClockCron(`0 0 ${fields.join(' ')}`);
  // One millisecond earlier, because croner's next run is strictly after its argument.
  let day = cron.nextRun(new Date(first - 1));
  for (; day !== null; day = cron.nextRun(day)) yield day.getTime();
  return undefined;
}

/** The times of the runs on a day, in milliseconds after midnight. */
function timesOfDay(expression: string): readonly number[] {
  const [minute, hour] = expression.split(' ');
  const key = `${minute} ${hour}`;
  const known = knownTimes.get(key);
  if (known) return known;
  const times: number[] = [];
  const cron = wallClockCron(`${key} * * *`);
  let time = cron.nextRun(new Date(-1));
  for (; time !== null && time.getTime() < DAY; time = cron.nextRun(time))
    times.push(time.getTime());
  if (knownTimes.size >= MAX_KNOWN) knownTimes.clear();
  knownTimes.set(key, times);
  return times;
}

/** Jobs share schedules, and each schedule is used several times. */
const knownTimes = new Map<string, readonly number[]>();
const MAX_KNOWN = 1000;

function neverRuns(expression: string): boolean {
  // Every month has every day of the week; only a day of month can be missing.
  if (expression.split(' ')[2] === '*') return false;
  return daysFrom(expression, 0).next().done === true;
}
