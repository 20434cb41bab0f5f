/** A job's `retryConfig`, in milliseconds. */
export interface RetryPolicy {
  /** Retries after the first attempt. */
  readonly count: number;
  /** How long after the first attempt retries may start; 0 for no limit. */
  readonly maxDuration: number;
  readonly minBackoff: number;
  readonly maxBackoff: number;
  readonly maxDoublings: number;
}

/** Without it, a backoff of 0 would retry endlessly within one instant. */
const SHORTEST_WAIT = 1000;

/**
 * The wait before the n-th retry (from 1): it doubles `maxDoublings` times, then grows by the same
 * amount each time, up to `maxBackoff`.
 *
 * Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#retryconfig,
 * whose example (10 s, 300 s, 3 doublings) gives 10, 20, 40, 80, 160, 240, 300, 300.
 */
export function backoff(policy: RetryPolicy, retry: number): number {
  const { minBackoff, maxBackoff, maxDoublings } = policy;
  const doublings = Math.min(retry - 1, maxDoublings);
  const steps = Math.max(1, retry - maxDoublings);
  return Math.max(SHORTEST_WAIT, Math.min(minBackoff * 2 ** doublings * steps, maxBackoff));
}

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
  const next = now + backoff(policy, attempts);
  const withinCount = attempts <= policy.count;
  const withinDuration = policy.maxDuration > 0 && next - firstAttempt < policy.maxDuration;
  return withinCount || withinDuration ? next : undefined;
}
