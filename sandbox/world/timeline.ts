/** How long the log, the counts of metrics and closed incidents are kept, as by Cloud Logging, in milliseconds. */
export const DEFAULT_RETENTION = 30 * 86_400_000;

/** Removed items leave gaps at the start, until there are this many. */
const MOST_GAPS = 1024;

/** Items in order of their time, which is in milliseconds; the oldest can be dropped. */
export class Timeline<T> {
  private readonly times: number[] = [];
  private readonly items: (T | undefined)[] = [];
  /** The index of the oldest item. */
  private start = 0;

  get size(): number {
    return this.times.length - this.start;
  }

  /** Adds an item behind those of the same time. */
  add(time: number, item: T): void {
    const last = this.times.at(-1);
    if (last === undefined || last <= time) {
      this.times.push(time);
      this.items.push(item);
      return;
    }
    const index = this.start + this.countUpTo(time);
    this.times.splice(index, 0, time);
    this.items.splice(index, 0, item);
  }

  /** How many items are at or before an instant. */
  countUpTo(instant: number): number {
    // The most frequent case: the instant is now.
    const last = this.times.at(-1);
    if (last === undefined || last <= instant) return this.size;
    let low = this.start;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    return low - this.start;
  }

  /** The items from one instant to another, both included. */
  *between(from: number, to: number, newestFirst = false): Generator<T> {
    // An instant is an integer, so that this is the count before it.
    const first = this.start + this.countUpTo(Math.ceil(from) - 1);
    const end = this.start + this.countUpTo(to);
    for (let n = 0; n < end - first; n += 1) {
      yield this.items[newestFirst ? end - 1 - n : first + n] as T;
    }
  }

  /** Drops the items before an instant, and returns them. */
  dropBefore(instant: number): T[] {
    const dropped: T[] = [];
    while (this.start < this.times.length && (this.times[this.start] ?? 0) < instant) {
      dropped.push(this.items[this.start] as T);
      this.items[this.start] = undefined;
      this.start += 1;
    }
    if (this.start > MOST_GAPS && this.start * 2 > this.times.length) {
      this.times.splice(0, this.start);
      this.items.splice(0, this.start);
      this.start = 0;
    }
    return dropped;
  }

  clear(): void {
    this.times.length = 0;
    this.items.length = 0;
    this.start = 0;
  }
}
