import fc from 'fast-check';
import {
  checkCron,
  clockChangeEffects,
  runsEveryHour,
  longestGap,
  previousRun,
  runsAfter,
} from '../../constructs/core/schedule';
import { Calendar } from './calendar';

/** The two years in which longest gaps are searched, and a little more; 2028 is a leap year. */
const FROM = Date.parse('2027-01-01T00:00:00Z');
const UNTIL = Date.parse('2029-01-01T00:00:00Z');
const END = Date.parse('2029-01-01T01:00:00Z');

/**
 * The calendar of a time zone, with which schedules are compared.
 *
 * @param step minutes between two looks at the clock
 */
export function calendarOf(timeZone: string, step: 1 | 15): Calendar {
  return new Calendar(timeZone, FROM, END, step);
}

/** Items of a field: numbers with and without a leading zero, ranges, steps, names. */
function item(min: number, max: number, names: readonly string[] = []): fc.Arbitrary<string> {
  const number = fc.integer({ min, max });
  const range = fc.tuple(number, number).map((ends) => ends.sort((a, b) => a - b));
  const step = fc.integer({ min: 1, max: max - min });
  return fc.oneof(
    number.map(String),
    number.map((value) => String(value).padStart(2, '0')),
    range.map((ends) => ends.join('-')),
    fc.tuple(range, step).map(([ends, width]) => `${ends.join('-')}/${width}`),
    step.map((width) => `*/${width}`),
    ...(names.length === 0 ? [] : [fc.constantFrom(...names)]),
  );
}

function field(...args: Parameters<typeof item>): fc.Arbitrary<string> {
  const list = fc.array(item(...args), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.constant('*'),
    item(...args),
    list.map((items) => items.join(',')),
  );
}

/**
 * Valid cron expressions. Early hours are more frequent, because clocks skip and repeat those; so are
 * single minutes, because every minute of two years takes long.
 */
export const crons = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 59 }).map(String), weight: 9 },
      { arbitrary: field(0, 59), weight: 1 },
    ),
    fc.oneof(field(0, 3), field(0, 23)),
    fc.oneof(fc.constant('*'), field(1, 31)),
    fc.oneof(fc.constant('*'), field(1, 12, ['JAN', 'APR', 'JAN-MAR', 'OCT-DEC/2', 'MAR,NOV'])),
    fc.oneof(fc.constant('*'), field(0, 7, ['SUN', 'MON', 'MON-FRI', 'FRI,SAT', 'TUE-SAT/2'])),
  )
  .map((fields) => fields.join(' '))
  .filter((cron) => checkCron(cron).length === 0);

/** Compares every result for a schedule with a calendar; `steady` is the calendar of UTC. */
export function expectAgreement(calendar: Calendar, steady: Calendar, cron: string): void {
  const schedule = { cron, timeZone: calendar.timeZone };
  const expected = calendar.runs(cron);
  const actual: number[] = [];
  for (const run of runsAfter(schedule, new Date(FROM - 1))) {
    if (run.getTime() >= END) break;
    actual.push(run.getTime());
  }
  expect(firstDifference(actual, expected)).toBeUndefined();

  // Some instants in between: at a run, just before it, and while the clocks change.
  for (const part of [0.1, 0.5, 0.9]) {
    const index = Math.floor(expected.length * part);
    const [before, at] = expected.slice(index - 1, index + 1);
    if (before === undefined || at === undefined || index === 0) continue;
    expect(previousRun(schedule, new Date(at))?.getTime()).toBe(at);
    expect(previousRun(schedule, new Date(at - 1))?.getTime()).toBe(before);
  }

  let gap: number | undefined;
  expected.forEach((run, index) => {
    if (index > 0 && run <= UNTIL) gap = Math.max(gap ?? 0, run - (expected[index - 1] ?? NaN));
  });
  expect(longestGap(schedule)).toBe(gap);

  if (runsEveryHour(cron)) return;
  const effects = [...clockChangeEffects(schedule, new Date(FROM), new Date(END))];
  const timesOf = (wanted: string): string[] =>
    effects.filter(({ kind }) => kind === wanted).map(({ wallTime }) => wallTime);
  expect(timesOf('doubled')).toEqual(calendar.doubled(cron));
  expect(timesOf('skipped')).toEqual(calendar.skipped(cron, steady));
}

/** The first difference of two lists of instants: a million numbers make no readable message. */
function firstDifference(actual: readonly number[], expected: readonly number[]) {
  const length = Math.max(actual.length, expected.length);
  for (let index = 0; index < length; index += 1) {
    if (actual[index] === expected[index]) continue;
    const [ours, theirs] = [actual[index], expected[index]].map((at) =>
      at === undefined ? 'no run' : new Date(at).toISOString(),
    );
    return { index, ours, theirs };
  }
  return undefined;
}
