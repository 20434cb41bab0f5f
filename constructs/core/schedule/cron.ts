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
  { name: 'month', min: 1, max: 12, names: MONTHS, expected: '1-12 or JAN to DEC' },
  {
    name: 'day of week',
    min: 0,
    max: 7,
    names: DAYS,
    expected: '0-7 or SUN to SAT (0 and 7 are Sunday)',
  },
];

const FORMAT = 'five fields, minute hour day-of-month month day-of-week, one space between';
const ITEM =
  'only *, numbers, ranges such as 1-5, steps such as */10 or 1-31/2, and lists of these';

/**
 * What Cloud Scheduler would refuse in a unix-cron expression, or why it would never fire; empty
 * for a good one. All mistakes are found, not the first alone.
 */
export function checkCron(expression: string): Violation[] {
  if (expression.startsWith('@')) {
    return [
      {
        wrong: 'Cloud Scheduler knows no @ shorthands',
        expected: FORMAT,
        fix: 'spell it out, for example 0 0 * * * for @daily',
      },
    ];
  }
  const texts = expression.split(' ');
  if (texts.length !== FIELDS.length || texts.includes('')) {
    const count = expression.split(/\s+/).filter(Boolean).length;
    const wrong =
      count === FIELDS.length
        ? 'the fields are not separated by one space each'
        : `it has ${count} field${count === 1 ? '' : 's'}`;
    return [
      { wrong, expected: FORMAT, fix: 'write it like 0 2 * * *; seconds and years do not exist' },
    ];
  }
  const violations = FIELDS.flatMap((field, index) => checkField(field, texts[index] ?? ''));
  if (violations.length > 0) return violations;
  const [, , dayOfMonth = '', , dayOfWeek = ''] = texts;
  if (isAmbiguous(dayOfMonth, dayOfWeek)) {
    return [
      {
        wrong: `day of month "${dayOfMonth}" and day of week "${dayOfWeek}" could mean both or either`,
        expected: '* with a step or in a list only where the other day field is *',
        fix: 'write a range instead of the *, such as 1-31/2 or 0-6/2; then either matches',
      },
    ];
  }
  if (neverFires(expression)) {
    return [
      {
        wrong: 'it never fires: no month it names has that day',
        expected: 'a day of month that exists in at least one of the months',
        fix: 'correct the day of month or the month',
      },
    ];
  }
  return [];
}

/**
 * Two day fields mean either of the two, unless one is `*`. By crontab(5) a field such as `*` followed
 * by a step counts as `*` there, and others take it for a restriction; Google does not say.
 */
function isAmbiguous(dayOfMonth: string, dayOfWeek: string): boolean {
  const fields = [dayOfMonth, dayOfWeek];
  return !fields.includes('*') && fields.some((field) => field.includes('*'));
}

/** Whether the schedule may fire in every hour of the day. Only for expressions that are right. */
export function firesEveryHour(expression: string): boolean {
  const hour = expression.split(' ')[1];
  return hour === '*' || hour === '*/1' || hour === '0-23';
}

/**
 * Runs as the clock on the wall shows them, without a time zone: a Date whose UTC fields are the
 * wall's. croner takes UTC offset 0 some ten times faster than the zone named UTC.
 */
function wallClockCron(expression: string): Cron {
  return new Cron(expression, { utcOffset: 0, paused: true });
}

const DAY = 86_400_000;

/**
 * The wall-clock times of an expression after one of them, in order, without end; in milliseconds
 * as if in UTC. Every day that it fires on has the same times, so croner is asked for the days alone.
 */
export function* wallTimesAfter(expression: string, after: number): Generator<number, undefined> {
  const times = timesOfDay(expression);
  for (const day of daysFrom(expression, Math.floor(after / DAY) * DAY)) {
    for (const time of times) if (day + time > after) yield day + time;
  }
  return undefined;
}

/** The days that an expression fires on, from one on; their midnights, in milliseconds. */
function* daysFrom(expression: string, first: number): Generator<number, undefined> {
  const [, , ...fields] = expression.split(' ');
  if (fields.every((field) => field === '*')) for (let day = first; ; day += DAY) yield day;
  const cron = wallClockCron(`0 0 ${fields.join(' ')}`);
  // One millisecond earlier, because croner looks strictly after what it is given.
  let day = cron.nextRun(new Date(first - 1));
  for (; day !== null; day = cron.nextRun(day)) yield day.getTime();
  return undefined;
}

/** The times of each day that an expression fires on, in milliseconds after midnight. */
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

/** Jobs share their schedules, and each is looked at several times. */
const knownTimes = new Map<string, readonly number[]>();
const MAX_KNOWN = 1000;

function neverFires(expression: string): boolean {
  // In each month there is a day of any name; only numbers can be missing.
  if (expression.split(' ')[2] === '*') return false;
  return daysFrom(expression, 0).next().done === true;
}

function checkField(field: Field, text: string): Violation[] {
  return text.split(',').flatMap((item) => checkItem(field, item));
}

function checkItem(field: Field, item: string): Violation[] {
  const violation = (wrong: string, fix: string): Violation[] => [
    { wrong: `${field.name} ${JSON.stringify(item)} ${wrong}`, expected: field.expected, fix },
  ];
  const [base = '', step, ...rest] = item.split('/');
  const [from = '', to, ...more] = base.split('-');
  if (base === '' || rest.length > 0 || more.length > 0) {
    return violation('is not understood', `write ${ITEM}`);
  }
  if (step !== undefined) {
    const width = field.max - field.min;
    if (!/^\d+$/.test(step) || Number(step) < 1 || Number(step) > width) {
      return violation('has a step out of range', `use a step of 1 to ${width}`);
    }
    if (base !== '*' && to === undefined) {
      return violation(
        'has a step without a range',
        `write ${base}-${field.max}/${step}, or */${step}`,
      );
    }
  }
  if (base === '*') return [];

  const bounds = (to === undefined ? [from] : [from, to]).map((text) => valueOf(field, text));
  const [first, last] = bounds;
  if (bounds.includes(undefined)) {
    const capitals = item.toUpperCase();
    if (item !== capitals && checkItem(field, capitals).length === 0) {
      return violation('has a name that is not in capitals', `write ${capitals}`);
    }
    const wrong = /^[\d-]+$/.test(base) ? 'is out of range' : 'is not understood';
    return violation(wrong, `write ${ITEM}`);
  }
  if (first !== undefined && last !== undefined && first > last) {
    return violation('runs backwards', 'put the smaller value first, or list two ranges');
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
