import { invalidArgument } from './errors';

/** The query of a list call. Clients send strings, and may repeat a parameter. */
export interface ListQuery {
  readonly pageSize?: unknown;
  readonly pageToken?: unknown;
}

const LARGEST_PAGE = 500;

/**
 * One page of a list. The token holds the key of the page's last item, so that pages stay correct
 * when items are added or deleted between calls.
 *
 * @param field the name of the list in the response
 * @param items with their keys, sorted by key
 * @throws ApiError INVALID_ARGUMENT if the page size or the token is invalid
 */
export function page(
  field: string,
  items: readonly (readonly [key: string, item: object])[],
  query: ListQuery,
): Record<string, unknown> {
  const size = readSize(query.pageSize);
  const after = readToken(query.pageToken);
  const rest = after === undefined ? items : items.filter(([key]) => key > after);
  const shown = rest.slice(0, size);
  const last = rest.length > shown.length ? shown.at(-1) : undefined;
  return {
    // The JSON form of protocol buffers leaves out empty lists.
    ...(shown.length > 0 && { [field]: shown.map(([, item]) => item) }),
    ...(last && { nextPageToken: Buffer.from(last[0]).toString('base64url') }),
  };
}

/** The entries of a map, sorted by key, for `page`. */
export function sortedEntries<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function readSize(given: unknown): number {
  if (given === undefined || given === '' || given === '0') return LARGEST_PAGE;
  if (typeof given === 'string' && /^\d{1,9}$/.test(given)) {
    return Math.min(Number(given), LARGEST_PAGE);
  }
  throw invalidArgument("Invalid value at 'page_size' (TYPE_INT32).");
}

function readToken(given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given === 'string' && /^[A-Za-z0-9_-]+$/.test(given)) {
    return Buffer.from(given, 'base64url').toString();
  }
  throw invalidArgument('Invalid page token.');
}
