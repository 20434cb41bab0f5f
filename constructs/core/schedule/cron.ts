import { Cron } from 'croner';
import type { Violation } from '../mistake';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  readonly expected: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The five fields of the unix-cron format, as Cloud Scheduler documents it:
 * https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules
 */
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [], expected: '0-59' },
  { name: 'hour', min: 0, max: 23, names: [], expected: '0-23' },
  { name: 'day of month', min: 1, max: 31, names: [], expected: '1-31' },
  { name: 'month', min: 1, max: 12, names: MONTHS, expected: '1-12 or JAN-DEC' },
  {
    name: 'day of week',
    min: 0,
    max: 7,
    names: DAYS,
    expected: '0-7 or SUN-SAT',
  },
];

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
        fix: 'write it out, for example 0 0 * * * for @daily',
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

function checkField(field: Field, text: string): Violation[] {
  return text.split(',').flatMap((item) => checkItem(field, item));
}

function checkItem(field: Field, item: string): Violation[] {
  const violation = (rule: string, fix: string): Violation[] => [
    { wrong: `${field.name} ${JSON.stringify(item)} ${rule}`, fix },
  ];
  const syntax = `use *, ${field.expected}, ranges (1-5), steps (*/10, 1-31/2) or lists of these`;
  const [base = '', step, ...rest] = item.split('/');
  const [from = '', to, ...more] = base.split('-');
  if (base === '' || rest.length > 0 || more.length > 0) {
    return violation('is not supported', syntax);
  }
  if (step !== undefined) {
    const width = field.max - field.min;
    if (!/^\d+$/.test(step) || Number(step) < 1 || Number(step) > width) {
      return violation(`must have a step of 1-${width}`, `use a step of 1-${width}`);
    }
    if (base !== '*' && to === undefined) {
      return violation(
        'has a step without a range',
        `write ${base}-${field.max}/${step} or */${step}`,
      );
    }
  }
  if (base === '*') return [];

  const bounds = (to === undefined ? [from] : [from, to]).map((text) => valueOf(field, text));
  const [first, last] = bounds;
  if (bounds.includes(undefined)) {
    const capitals = item.toUpperCase();
    if (item !== capitals && checkItem(field, capitals).length === 0) {
      return violation('must be in capitals', `write ${capitals}`);
    }
    return /^[\d-]+$/.test(base)
      ? violation(`must be ${field.expected}`, `use ${field.expected}`)
      : violation('is not supported', syntax);
  }
  if (first !== undefined && last !== undefined && first > last) {
    return violation('is a reversed range', 'put the smaller value first, or list two ranges');
  }
  return [];
}

function valueOf(field: Field, text: string): number | undefined {
  const named = field.names.indexOf(text);
  if (named >= 0) return named + field.min;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= field.min && value <= field.max ? value : undefined;
}
