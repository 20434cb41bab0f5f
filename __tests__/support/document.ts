import type { JobDefinition } from '../../stages/jobs';
import type { Stage } from '../../stages/stages';

/** The jobs of the document that the table replaced. */
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

export const TASK_NAMES = Object.keys(JOBS);

/** The stages that tests expect. */
export const STAGES = {
  dev: { alerts: { severity: 'WARNING', notifyEverySeconds: 86_400 } },
  staging: { alerts: { severity: 'WARNING', notifyEverySeconds: 86_400 } },
  prod: {
    deletionProtection: true,
    alerts: { severity: 'CRITICAL', notifyEverySeconds: 3600 },
  },
} as const satisfies Readonly<Record<string, Stage>>;

export const STAGE_NAMES = Object.keys(STAGES);
