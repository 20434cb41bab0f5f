import { retryWait, type Backoff } from '@scheduled-jobs/constructs/core/retries';

/** A job's `retryConfig`, in milliseconds. */
export interface RetryPolicy extends Backoff {
  /** Retries after the first attempt. */
  readonly count: number;
  /** How long after the first attempt retries may start; 0 for no limit. */
  readonly maxDuration: number;
}

/** Without it, a backoff of 0 would retry endlessly within one instant. */
const SHORTEST_WAIT = 1000;

/**
 * When to retry after `attempts` failed attempts; undefined for never. With a count and a duration,
 * retries continue until both limits are reached; with neither there are no retries.
 */
export function retryTime(
  policy: RetryPolicy,
  attempts: number,
  firstAttempt: number,
  now: number,
): number | undefined {
  const next = now + Math.max(SHORTEST_WAIT, retryWait(policy, attempts));
  const withinCount = attempts <= policy.count;
  const withinDuration = policy.maxDuration > 0 && next - firstAttempt < policy.maxDuration;
  return withinCount || withinDuration ? next : undefined;
}
