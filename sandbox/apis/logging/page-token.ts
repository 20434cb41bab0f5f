import { invalidArgument } from '../../protocol/errors';
import type { LogEntry } from '../../world/logging';

/** The last entry of a page. Not its index: entries are added and forgotten between two pages. */
export interface Place {
  /** Milliseconds. */
  readonly time: number;
  readonly insertId: string;
}

export function tokenAfter({ timestamp, insertId }: LogEntry): string {
  return Buffer.from(`${Date.parse(timestamp)} ${insertId}`).toString('base64url');
}

/** @throws ApiError INVALID_ARGUMENT if it is not a token of `tokenAfter` */
export function readToken(given = ''): Place | undefined {
  if (given === '') return undefined;
  const [, time, insertId] =
    /^(-?\d{1,16}) (.*)$/s.exec(Buffer.from(given, 'base64url').toString()) ?? [];
  if (insertId === undefined) throw invalidArgument('Invalid page token.');
  return { time: Number(time), insertId };
}

/** Entries that begin at a place's time, without those up to the place. */
export function* entriesAfter(entries: Iterable<LogEntry>, place: Place): Generator<LogEntry> {
  let isAfter = false;
  for (const entry of entries) {
    if (isAfter || Date.parse(entry.timestamp) !== place.time) yield entry;
    else isAfter = entry.insertId === place.insertId;
  }
}
