import type { Bounds } from './bounds';

/** Whether an item matches a filter. Without bounds, any item may. */
export type Predicate = ((item: object) => boolean) & { readonly bounds?: Bounds };

/** A field that a filter can compare. */
export interface Field {
  /** Its value; undefined if the item has none. */
  readonly read: (item: object) => string | undefined;
  /** What comparisons use if there is no value. @default - every comparison is false, also `!=` */
  readonly default?: string;
  /** Compares a value with an operand as `Array.sort` does: negative if the value is smaller. */
  readonly orderOf: (operand: string) => (value: string) => number;
  /** What an index can use of a comparison. @default - nothing */
  readonly boundsOf?: (operator: string, operand: string) => Bounds | undefined;
}

/** The operators of comparisons. */
export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', ':'] as const;
export type Operator = (typeof OPERATORS)[number];

/** The predicate of one comparison. */
export function testOf(field: Field, operator: Operator, operand: string): Predicate {
  const { read, default: unset } = field;
  if (operator === ':' && operand === '*') return (item) => read(item) !== undefined;
  const matches = remembered(
    operator === ':' ? contains(operand) : orderTest(field.orderOf(operand), operator),
  );
  const test = (item: object): boolean => {
    const value = read(item) ?? unset;
    return value !== undefined && matches(value);
  };
  return Object.assign(test, { bounds: field.boundsOf?.(operator, operand) });
}

/** The results for values that many items have, such as a type: a log has tens of thousands of items. */
function remembered(matches: (value: string) => boolean): (value: string) => boolean {
  const results = new Map<string, boolean>();
  return (value) => {
    const known = results.get(value);
    if (known !== undefined) return known;
    const result = matches(value);
    if (results.size < MOST_REMEMBERED) results.set(value, result);
    return result;
  };
}

const MOST_REMEMBERED = 50;

function contains(operand: string): (value: string) => boolean {
  const part = operand.toLowerCase();
  return (value) => value.toLowerCase().includes(part);
}

function orderTest(
  order: (value: string) => number,
  operator: Exclude<Operator, ':'>,
): (value: string) => boolean {
  switch (operator) {
    case '=':
      return (value) => order(value) === 0;
    case '!=':
      return (value) => order(value) !== 0;
    case '<':
      return (value) => order(value) < 0;
    case '<=':
      return (value) => order(value) <= 0;
    case '>':
      return (value) => order(value) > 0;
    case '>=':
      return (value) => order(value) >= 0;
  }
}

/** Compares numbers as numbers, everything else as text. */
export function orderByValue(operand: string, ignoreCase: boolean): (value: string) => number {
  const normal = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const other = normal(operand);
  const alphabetic = (given: string): number => {
    if (given === operand) return 0;
    const value = normal(given);
    return value === other ? 0 : value < other ? -1 : 1;
  };
  if (!isNumber(operand)) return alphabetic;
  const number = Number(operand);
  return (value) => (NUMBER.test(value) ? Number(value) - number : alphabetic(value));
}

const NUMBER = /^-?\d+(\.\d+)?$/;

export function isNumber(operand: string): boolean {
  return NUMBER.test(operand);
}
