import { checkCron, checkTimeZone, longestGap, type Schedule } from './schedule';

/**
 * How long a log-based metric is kept with certainty, in seconds: six weeks. Google's pages differ
 * (six weeks, or 24 months); what is older may be gone, and a condition must not rest on it.
 */
export const LOOKBACK_SECONDS = 6 * 7 * 86_400;

/** Seconds on top of what a schedule explains, for late starts and for logs that arrive late. */
export const GRACE_SECONDS = 1800;

/**
 * After how many seconds without a success a job's runs count as missed: the longest gap between
 * two scheduled runs, the time that one run may take, and a grace. Undefined where no alert could
 * fire: for a schedule that runs once in two years, or so rarely that the last success is no longer
 * in the metric when the next is overdue. Also for a schedule that is wrong, so that the validation
 * of its job can say so.
 */
export function missedRunsAfterSeconds(
  schedule: Schedule,
  attemptDeadlineSeconds: number,
  graceSeconds: number = GRACE_SECONDS,
): number | undefined {
  const { cron, timeZone } = schedule;
  if (checkCron(cron).length > 0 || checkTimeZone(timeZone).length > 0) return undefined;
  const gap = longestGap(schedule);
  if (gap === undefined) return undefined;
  const seconds = Math.ceil(gap / 1000) + attemptDeadlineSeconds + graceSeconds;
  return seconds < LOOKBACK_SECONDS ? seconds : undefined;
}
