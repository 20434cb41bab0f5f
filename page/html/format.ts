import { formatDuration } from '@scheduled-jobs/constructs/core/format-duration';
import { wallClock } from '@scheduled-jobs/constructs/core/schedule';
import { html, type Html } from './html';

/** `2026-11-25 02:00` */
export function formatTime(timeZone: string, at: Date): string {
  try {
    return wallClock(timeZone, at);
  } catch {
    // A job may have a time zone that only Google knows.
    return `${wallClock('UTC', at)} UTC`;
  }
}

/** `3 h ago`, `in 5 min` */
export function relative(now: Date, at: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds < 0 ? `${formatDuration(-seconds)} ago` : `in ${formatDuration(seconds)}`;
}

/** An instant, relative to now and absolute. */
export function timeWithAge(timeZone: string, now: Date, at: Date): Html {
  return html`<time datetime="${at.toISOString()}"
    >${relative(now, at)} <span class="muted when">${formatTime(timeZone, at)}</span></time
  >`;
}

/** `84 ms of 10 min (0.1 %)`: a run's length against its deadline. */
export function lengthOfDeadline(seconds: number, deadlineSeconds: number): string {
  const percent = (seconds / deadlineSeconds) * 100;
  const rounded = percent < 1 ? '<1' : String(Math.round(percent));
  return `${formatDuration(seconds)} of ${formatDuration(deadlineSeconds)} (${rounded} %)`;
}
