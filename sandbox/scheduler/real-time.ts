import type { Clock } from './clock';

/** Node's timers are limited to 2^31 ms; waking up every minute also survives a suspend. */
const LONGEST_WAIT = 60_000;

/** Runs a clock's timers when real time reaches them. */
export function realTimeTimer(): {
  start: (clock: Clock) => void;
  /** Must be called when the clock's timers have changed. */
  changed: () => void;
  stop: () => void;
} {
  let clock: Clock | undefined;
  let timeout: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timeout);
    const next = clock?.nextTimer();
    if (clock === undefined || next === undefined) return;
    const wait = Math.min(Math.max(0, next - clock.now()), LONGEST_WAIT);
    timeout = setTimeout(() => {
      clock?.tick();
      changed();
    }, wait);
  };
  return {
    start: (started) => {
      clock = started;
      changed();
    },
    changed,
    stop: () => {
      clock = undefined;
      clearTimeout(timeout);
    },
  };
}
