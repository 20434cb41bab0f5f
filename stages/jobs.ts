/** A periodic task of the worker, and when it runs. */
export interface JobDefinition {
  /** Five-field unix cron, in the time zone of the settings. */
  readonly schedule: string;
  /** The worker's path for the task. Django requires the trailing slash. */
  readonly endpoint: string;
  /** What the task does; it becomes the job's description. */
  readonly purpose: string;
  /** Seconds that one run may take: 15 to 1800. @default 600 */
  readonly attemptDeadlineSeconds?: number;
  /** Retries of a failed run: 0 to 5. @default 0 */
  readonly retryCount?: number;
}

/**
 * Every scheduled job. To add one, add an entry here; every other list of jobs is derived from this
 * table. The key is the task's name, which becomes part of the job's name.
 */
export const JOBS = {
  'clear-sessions': {
    schedule: '0 2 * * *',
    endpoint: '/api/v1/scheduled/clear-sessions/',
    purpose: 'Remove expired Django sessions from the database',
  },
  'cleanup-idempotency-keys': {
    schedule: '0 3 * * *',
    endpoint: '/api/v1/scheduled/cleanup-idempotency-keys/',
    purpose: 'Delete expired API idempotency keys (24h TTL)',
  },
  'cleanup-callback-receipts': {
    schedule: '0 4 * * 0',
    endpoint: '/api/v1/scheduled/cleanup-callback-receipts/',
    purpose: 'Delete old validator callback receipts (30 day retention)',
  },
  'purge-expired-submissions': {
    schedule: '0 * * * *',
    endpoint: '/api/v1/scheduled/purge-expired-submissions/',
    purpose: 'Purge submission content past retention period',
  },
  'process-purge-retries': {
    schedule: '*/5 * * * *',
    endpoint: '/api/v1/scheduled/process-purge-retries/',
    purpose: 'Retry failed submission purges',
  },
  'cleanup-stuck-runs': {
    schedule: '*/10 * * * *',
    endpoint: '/api/v1/scheduled/cleanup-stuck-runs/',
    purpose: 'Mark validation runs stuck in RUNNING state as FAILED (30min timeout)',
  },
} as const satisfies Readonly<Record<string, JobDefinition>>;

export type TaskName = keyof typeof JOBS;

/** The tasks, in the order of the table. */
export const TASK_NAMES = Object.keys(JOBS) as readonly TaskName[];
