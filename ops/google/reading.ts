import { Failed, orFailed } from '../errors';
import { GoogleError } from './error';

/** The outcome of a read: a value, nothing because it does not exist, or why it could not be read. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly error: Failed };

/** The value that was read; undefined if there is none, for either reason. */
export function valueOf<T>(reading: Reading<T>): T | undefined {
  return reading.kind === 'value' ? reading.value : undefined;
}

export const ABSENT = { kind: 'absent' } as const;

/** Waits for a read. Throws only what is not about it: Ctrl-C, or a bug. */
export async function readingOf<T>(read: Promise<T>): Promise<Reading<T>> {
  const value = await orFailed(read);
  if (!(value instanceof Failed)) return { kind: 'value', value };
  const isAbsent = value instanceof GoogleError && value.httpStatus === 404;
  return isAbsent ? ABSENT : { kind: 'unknown', error: value };
}
