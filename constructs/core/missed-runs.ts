import { isValidSchedule, longestGap, type Schedule } from './schedule';

/**
 * How long a log-based metric is certainly kept, in seconds: six weeks. Google's pages differ (six
 * weeks, or 24 months); a condition must not rely on older data.
 */
export const LOOKBACK_SECONDS = 6 * 7 * 86_400;

/** Extra seconds for runs that start late and logs that arrive late. */
export const GRACE_SECONDS = 1800;

/**
 * After how many seconds without a success a job's runs count as missed: the longest gap between
 * two scheduled runs, plus the time that one run may take, plus a grace period. Undefined where no
 * alert could fire: the schedule runs once in two years, or so rarely that the last success is no
 * longer in the metric when the next one is overdue. Also undefined for an invalid schedule, which
 * the validation of its job reports.
 */
export function missedRunsAfterSeconds(
  schedule: Schedule,
  attemptDeadlineSeconds: number,
  graceSeconds: number = GRACE_SECONDS,
): number | undefined {
  if (!isValidSchedule(schedule)) return undefined;
  const gap = longestGap(schedule);
  if (gap === undefined) return undefined;
  const seconds = Math.ceil(gap / 1000) + attemptDeadlineSeconds + graceSeconds;
  return seconds < LOOKBACK_SECONDS ? seconds : undefined;
}
