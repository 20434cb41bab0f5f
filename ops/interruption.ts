/**
 * What Ctrl-C does. The first one asks everything to stop. While a process is held, such as a
 * terraform that is writing its state, the second one is only explained, and the third one ends it;
 * otherwise the second one ends the command at once.
 */
export class Interruption {
  private readonly stop = new AbortController();
  private readonly force = new AbortController();
  private readonly held: string[] = [];
  private requests = 0;

  /** Aborted by the first request. */
  readonly signal = this.stop.signal;
  /** Aborted when a held process is to end at once. */
  readonly forced = this.force.signal;

  /** Whether a process is held: this one must not end before it. */
  get isHolding(): boolean {
    return this.held.length > 0;
  }

  /**
   * Holds a process until the returned function is called.
   *
   * @param name - how people call it
   */
  hold(name: string): () => void {
    this.held.push(name);
    return () => {
      this.held.splice(this.held.indexOf(name), 1);
    };
  }

  /**
   * Asks to stop, once more each time.
   *
   * @returns what to print; `undefined` when this process is to end at once
   */
  request(): string | undefined {
    this.requests += 1;
    const [name] = this.held;
    this.stop.abort();
    if (name === undefined) return this.requests === 1 ? '' : undefined;
    if (this.requests === 1) return `Waiting for ${name} to stop; it may be writing its state …`;
    if (this.requests === 2) {
      return `Still waiting for ${name}: ending it now can lose its state. Press Ctrl-C once more to end it anyway.`;
    }
    if (this.requests > 3) return undefined;
    this.force.abort();
    return `Ending ${name} at once. If it was writing its state: docs/recovering-state.md.`;
  }
}
