import type { Violation } from '../mistake';

/** A field of a cron expression. */
export interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  readonly expected: string;
  /** Values before they repeat: of the days 0 to 7, 7 is 0 again. */
  readonly period: number;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The five fields of the unix-cron format, as Cloud Scheduler documents it:
 * https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules
 */
export const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [], expected: '0-59', period: 60 },
  { name: 'hour', min: 0, max: 23, names: [], expected: '0-23', period: 24 },
  { name: 'day of month', min: 1, max: 31, names: [], expected: '1-31', period: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS, expected: '1-12 or JAN-DEC', period: 12 },
  {
    name: 'day of week',
    min: 0,
    max: 7,
    names: DAYS,
    expected: '0-7 or SUN-SAT',
    period: 7,
  },
];

/** Why Cloud Scheduler would reject a field; empty for a valid one. */
export function checkField(field: Field, text: string): Violation[] {
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
        `write ${base}-${Math.max(lastOf(field), valueOf(field, base) ?? 0)}/${step}`,
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
    const meant = acrossTheEnd(field, [from, to ?? ''], step);
    return violation('is a reversed range', `write ${meant}`);
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

/** A range that continues at the start of its field, such as SAT-SUN, written without that. */
function acrossTheEnd(
  field: Field,
  [from, to]: readonly [string, string],
  step: string | undefined,
): string {
  const first = valueOf(field, from) ?? field.min;
  const last = valueOf(field, to) ?? field.min;
  if (step !== undefined) {
    return valuesBetween(field, first, last + field.period, Number(step)).join(',');
  }
  const write = (value: number): string =>
    (/[A-Z]/.test(from) && field.names[value - field.min]) || String(value);
  const range = (start: string, end: string): string => (start === end ? end : `${start}-${end}`);
  const rest = range(write(field.min), write(last));
  // From 7, which is Sunday, nothing is left of the week.
  return first > lastOf(field) ? rest : `${range(from, write(lastOf(field)))},${rest}`;
}

/** The largest value that is not another one again. */
function lastOf({ min, period }: Field): number {
  return min + period - 1;
}

/** Values from `first` to `last`, which may lie beyond the end of the field. */
function valuesBetween({ min, period }: Field, first: number, last: number, step = 1): number[] {
  const count = Math.floor((last - first) / step) + 1;
  return Array.from({ length: count }, (_, index) => min + ((first + index * step - min) % period));
}

/** The values of a valid item, in which a day of week 7 is 0. */
function valuesOf(field: Field, item: string): number[] {
  const [base = '', step] = item.split('/');
  const [from = '', to = from] =
    base === '*' ? [field.min, lastOf(field)].map(String) : base.split('-');
  const [first, last] = [from, to].map((text) => valueOf(field, text) ?? field.min);
  return valuesBetween(field, first ?? 0, last ?? 0, step === undefined ? 1 : Number(step));
}

/** A valid field without values that it names twice: `0,7` becomes `0`. Others stay as they are. */
export function withoutRepetition(field: Field, text: string): string {
  const named = text.split(',').flatMap((item) => valuesOf(field, item));
  const values = valuesOfField(field, text);
  if (values.length === named.length) return text;
  // Not *, which has another meaning beside a day of month.
  return values.length === field.period ? `${field.min}-${lastOf(field)}` : values.join(',');
}

/** The values of a valid field, in order and without repetitions; a day of week 7 is 0. */
export function valuesOfField(field: Field, text: string): number[] {
  const values = text.split(',').flatMap((item) => valuesOf(field, item));
  return [...new Set(values)].sort((a, b) => a - b);
}
