/**
 * The defaults of a `ScheduledJob`'s props. Kept out of the construct so that code that compares live
 * jobs with them does not load cdktf.
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
