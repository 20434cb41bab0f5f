import type { Bounds } from '../protocol/bounds';
import { DEFAULT_RETENTION, Timeline } from './timeline';
import type { LogEntry } from './world';

/** The project's log, in order of time. It has an index by job, and forgets entries after a time, as the live one. */
export class Log {
  private readonly all = new Timeline<LogEntry>();
  private readonly byJob = new Map<string, Timeline<LogEntry>>();
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
    const job = jobOf(entry);
    this.count += 1;
    this.all.add(time, entry);
    if (job !== undefined) {
      const own = this.byJob.get(job) ?? new Timeline();
      this.byJob.set(job, own);
      own.add(time, entry);
    }
    this.forget(Date.parse(entry.receiveTimestamp));
  }

  /** Drops the entries that are too old at an instant. */
  forget(now: number): void {
    const limit = now - this.retention;
    for (const dropped of this.all.dropBefore(limit)) {
      const job = jobOf(dropped);
      const own = job === undefined ? undefined : this.byJob.get(job);
      own?.dropBefore(limit);
      if (job !== undefined && own?.size === 0) this.byJob.delete(job);
    }
  }

  /** The entries within bounds, of which some may have other jobs; read only as far as they are taken. */
  *entries(bounds: Bounds = {}, newestFirst = false): Generator<LogEntry> {
    const { jobs, from = -Infinity, to = Infinity } = bounds;
    const [job, ...others] = [...new Set(jobs)];
    // Several jobs' entries would have to be merged; those of a time range are few enough to look through.
    const timeline =
      job === undefined || others.length > 0 ? this.all : (this.byJob.get(job) ?? NO_ENTRIES);
    yield* timeline.between(from, to, newestFirst);
  }

  clear(): void {
    this.all.clear();
    this.byJob.clear();
  }
}

const NO_ENTRIES = new Timeline<LogEntry>();

function jobOf({ resource }: LogEntry): string | undefined {
  const id: unknown = resource.labels.job_id;
  return typeof id === 'string' ? id.toLowerCase() : undefined;
}
