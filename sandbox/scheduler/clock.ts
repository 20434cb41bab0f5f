/** A timer of a clock. */
interface Timer {
  readonly at: number;
  readonly action: () => void;
}

/**
 * Work in progress, which a clock's `advance` waits for, except while the work itself waits for the
 * clock.
 */
export interface Activity {
  /** Resolves when the clock has advanced by `ms`; the clock does not wait meanwhile. */
  sleep(ms: number): Promise<void>;
  /** Marks the work as done. */
  end(): void;
}

/**
 * A clock that follows a time source and can be advanced beyond it. Instants are milliseconds since
 * 1970.
 *
 * With `Date.now` as the source it shows real time plus the time it was advanced by; with a constant
 * it shows simulated time, which only `advance` changes.
 */
export class Clock {
  private readonly timers: Timer[] = [];
  private readonly idle: (() => void)[] = [];
  private ahead = 0;
  /** The current instant while the clock is being advanced, when the source is ignored. */
  private held: number | undefined;
  private busy = 0;
  private advancing: Promise<void> | undefined;

  constructor(
    private readonly source: () => number,
    private readonly onTimersChanged: () => void = () => undefined,
  ) {}

  now(): number {
    return this.held ?? this.source() + this.ahead;
  }

  /** Sets the clock, before anything has been set on it. */
  set(instant: number): void {
    this.ahead = instant - this.source();
  }

  /** Calls `action` at an instant; timers of the same instant run in the order they were set. */
  at(instant: number, action: () => void): () => void {
    const timer = { at: instant, action };
    const index = this.timers.findIndex((other) => other.at > instant);
    this.timers.splice(index < 0 ? this.timers.length : index, 0, timer);
    this.onTimersChanged();
    return () => {
      const place = this.timers.indexOf(timer);
      if (place >= 0) this.timers.splice(place, 1);
    };
  }

  /** When the next timer is due; undefined if none is set. */
  nextTimer(): number | undefined {
    return this.timers[0]?.at;
  }

  begin(): Activity {
    let state: 'working' | 'sleeping' | 'over' = 'working';
    this.busy++;
    return {
      sleep: (ms) =>
        new Promise((resolve) => {
          if (state === 'working') this.leave();
          if (state !== 'over') state = 'sleeping';
          this.at(this.now() + ms, () => {
            if (state === 'sleeping') {
              this.busy++;
              state = 'working';
            }
            resolve();
          });
        }),
      end: () => {
        if (state === 'working') this.leave();
        state = 'over';
      },
    };
  }

  /** Runs the timers that are due, without waiting for the work they start. */
  tick(): void {
    if (this.advancing !== undefined) return;
    const now = this.now();
    for (let timer = this.timers[0]; timer && timer.at <= now; timer = this.timers[0]) {
      this.timers.shift();
      timer.action();
    }
  }

  /**
   * Advances the clock by `ms` and runs every timer that becomes due, in order and each at its own
   * instant. The next timer runs when the work of the previous one has ended or waits for the clock.
   */
  async advance(ms: number): Promise<void> {
    while (this.advancing !== undefined) await this.advancing;
    this.advancing = this.advanceTo(this.now() + ms);
    try {
      await this.advancing;
    } finally {
      this.advancing = undefined;
      this.onTimersChanged();
    }
  }

  private async advanceTo(target: number): Promise<void> {
    this.held = this.now();
    await this.settled();
    for (let timer = this.timers[0]; timer && timer.at <= target; timer = this.timers[0]) {
      this.timers.shift();
      this.held = Math.max(this.held, timer.at);
      timer.action();
      // Most timers start no work, and a simulated year has a million of them.
      if (this.busy > 0) await this.settled();
    }
    this.ahead = target - this.source();
    this.held = undefined;
  }

  private leave(): void {
    this.busy--;
    if (this.busy === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private async settled(): Promise<void> {
    while (this.busy > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }
}
