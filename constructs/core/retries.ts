import { isValidSchedule, longestGap, type Schedule } from './schedule';

/** How long to wait between retries; both waits in one unit. */
export interface Backoff {
  readonly minBackoff: number;
  readonly maxBackoff: number;
  readonly maxDoublings: number;
}

/**
 * The wait before the n-th retry (from 1): it doubles `maxDoublings` times, then grows by the same
 * amount each time, up to `maxBackoff`.
 *
 * Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#retryconfig,
 * whose example (10 s, 300 s, 3 doublings) gives 10, 20, 40, 80, 160, 240, 300, 300.
 */
export function retryWait(
  { minBackoff, maxBackoff, maxDoublings }: Backoff,
  retry: number,
): number {
  const doublings = Math.min(retry - 1, maxDoublings);
  const steps = Math.max(1, retry - maxDoublings);
  return Math.min(minBackoff * 2 ** doublings * steps, maxBackoff);
}

/**
 * How many of `count` retries can start before the next scheduled run, which ends them, even if every
 * attempt fails at once and the next run is as late as the schedule allows. Undefined if that is not
 * known: an invalid schedule, or one that runs once.
 *
 * @param backoff - in milliseconds
 */
export function possibleRetries(
  schedule: Schedule,
  count: number,
  backoff: Backoff,
): number | undefined {
  const gap = isValidSchedule(schedule) ? longestGap(schedule) : undefined;
  if (gap === undefined) return undefined;
  let elapsed = 0;
  for (let retry = 1; retry <= count; retry += 1) {
    elapsed += retryWait(backoff, retry);
    if (elapsed >= gap) return retry - 1;
  }
  return count;
}
