import type { Bounds } from '../protocol/bounds';
import { isError } from '../protocol/log-filter';
import { DEFAULT_RETENTION, Timeline } from './timeline';
import type { LogEntry } from './logging';

/**
 * The project's log, in order of time. It has indexes by job and of errors, and forgets entries after a time, as the
 * live one.
 */
export class Log {
  private readonly all = new Timeline<LogEntry>();
  private readonly indexes = new Map<string, Timeline<LogEntry>>();
  private count = 0;

  /** @param retention - milliseconds for which entries are kept */
  constructor(readonly retention: number = DEFAULT_RETENTION) {}

  /** How many entries are kept. */
  get length(): number {
    return this.all.size;
  }

  /** How many entries were ever written, for unique ids. */
  get written(): number {
    return this.count;
  }

  push(entry: LogEntry): void {
    const time = Date.parse(entry.timestamp);
    this.count += 1;
    this.all.add(time, entry);
    for (const key of keysOf(entry)) {
      const index = this.indexes.get(key) ?? new Timeline();
      this.indexes.set(key, index);
      index.add(time, entry);
    }
    this.forget(Date.parse(entry.receiveTimestamp));
  }

  /** Drops the entries that are too old at an instant. */
  forget(now: number): void {
    const limit = now - this.retention;
    for (const key of this.all.dropBefore(limit).flatMap(keysOf)) {
      const index = this.indexes.get(key);
      index?.dropBefore(limit);
      if (index?.size === 0) this.indexes.delete(key);
    }
  }

  /** The entries that can be within bounds, read only as far as they are taken. */
  entries(bounds: Bounds = {}, newestFirst = false): Iterable<LogEntry> {
    const { jobs, errors, from = -Infinity, to = Infinity } = bounds;
    const [job, ...others] = [...new Set(jobs)];
    // Several jobs' entries would have to be merged; those of a time range are few enough to look through.
    const key = keyOf(others.length > 0 ? undefined : job, errors);
    const timeline = key === ALL ? this.all : (this.indexes.get(key) ?? NO_ENTRIES);
    return timeline.between(from, to, newestFirst);
  }

  /** Puts earlier entries into an empty log. */
  restore(entries: readonly LogEntry[], written: number): void {
    for (const entry of entries) this.push(entry);
    this.count = written;
  }

  clear(): void {
    this.all.clear();
    this.indexes.clear();
  }
}

const NO_ENTRIES = new Timeline<LogEntry>();
const ALL = keyOf(undefined, false);

/** The index of a job's entries, or of all, or of the errors among them. */
function keyOf(job: string | undefined, errors = false): string {
  return `${job === undefined ? '' : `job ${job}`}${errors ? ' errors' : ''}`;
}

/** The indexes that an entry is in. */
function keysOf({ resource, severity }: LogEntry): string[] {
  const id: unknown = resource.labels.job_id;
  // Filters do not distinguish case.
  const job = typeof id === 'string' ? id.toLowerCase() : undefined;
  const keys = job === undefined ? [] : [keyOf(job)];
  if (isError(severity)) {
    keys.push(keyOf(undefined, true));
    if (job !== undefined) keys.push(keyOf(job, true));
  }
  return keys;
}
