import { formatDuration } from '../constructs/core/format-duration';

/**
 * Durations are in seconds, as Cloud Scheduler has them; only what Node's timers take is in milliseconds.
 */

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The seconds of a duration in Google's JSON format: `600s`, `0.5s`; undefined when absent. */
export function secondsOf(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : Number(duration.replace(/s$/, ''));
}

export function secondsAfter(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

export function secondsBefore(at: Date, seconds: number): Date {
  return secondsAfter(at, -seconds);
}

/** Negative if `to` is the earlier one. */
export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

/** `3 h ago` */
export function ago(now: Date, at: Date): string {
  return `${formatDuration(Math.max(0, secondsBetween(at, now)))} ago`;
}
