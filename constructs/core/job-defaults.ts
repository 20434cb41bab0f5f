/**
 * What a `ScheduledJob` is without a prop of that name. Apart from the construct, so that whoever
 * compares live jobs with it needs no cdktf.
 */
export const JOB_DEFAULTS = {
  httpMethod: 'POST',
  attemptDeadlineSeconds: 600,
  retryCount: 0,
  minBackoffSeconds: 5,
  maxBackoffSeconds: 3600,
  maxDoublings: 5,
  maxRetryDurationSeconds: 0,
} as const;
