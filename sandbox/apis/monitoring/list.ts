import { invalidArgument } from '../../protocol/errors';
import { camelCase, type Fields, type FieldType } from '../../protocol/fields';
import { orderByValue, type Field } from '../../protocol/comparison';
import { readerOf, splitPath } from '../../protocol/field-path';
import { parseFilter } from '../../protocol/filter';
import { page, type ListQuery } from '../../protocol/paging';

export interface FilteredQuery extends ListQuery {
  readonly filter?: unknown;
  readonly orderBy?: unknown;
}

/**
 * One page of the resources that a filter includes, in the order that is asked for.
 *
 * Source: https://cloud.google.com/monitoring/api/v3/sorting-and-filtering
 *
 * @param type the resources' fields
 * @throws ApiError INVALID_ARGUMENT if the filter or the order is not supported
 */
export function listPage(
  field: string,
  type: Fields,
  items: readonly (readonly [key: string, item: object])[],
  query: FilteredQuery,
): Record<string, unknown> {
  const filter = readText(query.filter, 'filter');
  const includes = parseFilter(filter, { fieldAt: (path) => fieldAt(type, path) });
  const included = items.filter(([, item]) => includes(item));
  const compare = comparerOf(type, readText(query.orderBy, 'order_by'));
  if (compare === undefined) return page(field, included, query);
  const ordered = included.toSorted(([, a], [, b]) => compare(a, b));
  // The key of a page is the place in this order.
  return page(
    field,
    ordered.map(([, item], place) => [String(place).padStart(9, '0'), item] as const),
    query,
  );
}

function fieldAt(type: Fields, path: string): Field | undefined {
  const parts = splitPath(path).map(camelCase);
  if (!exists({ message: type }, parts)) return undefined;
  return {
    read: readerOf(parts.join('.')),
    default: '',
    orderOf: (operand) => orderByValue(operand, false),
  };
}

function exists(type: FieldType, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (type === 'string map') return rest.length === 0;
  if (typeof type !== 'object' || !('message' in type)) return false;
  const field = Object.hasOwn(type.message, name) ? type.message[name] : undefined;
  return field !== undefined && exists(field, rest);
}

/** `display_name`, `-display_name`, or several with commas. */
function comparerOf(type: Fields, orderBy: string): ((a: object, b: object) => number) | undefined {
  if (orderBy === '') return undefined;
  const keys = orderBy.split(',').map((text) => {
    const [, minus = '', path = ''] = /^([-+]?)([\w.]+)$/.exec(text.trim()) ?? [];
    const field = fieldAt(type, path);
    if (path === '' || field === undefined) {
      throw invalidArgument(`Invalid order_by: ${JSON.stringify(text)} is not a field.`);
    }
    return { field, sign: minus === '-' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { field, sign } of keys) {
      const order = field.orderOf(field.read(b) ?? '')(field.read(a) ?? '');
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

function readText(given: unknown, name: string): string {
  if (given === undefined) return '';
  if (typeof given === 'string') return given;
  throw invalidArgument(`Invalid value at '${name}': must be given only once.`);
}
