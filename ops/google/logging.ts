import type { Client } from './client';
import type { Location } from './scheduler';

/**
 * An entry of Cloud Scheduler's execution log.
 *
 * Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/AttemptFinished
 */
export interface LogEntry {
  readonly timestamp: string;
  readonly severity?: string;
  readonly httpRequest?: { readonly status?: number };
  readonly jsonPayload?: {
    readonly '@type'?: string;
    readonly status?: string;
    readonly debugInfo?: string;
  };
}

const PAGE_SIZE = 1000;

/** A job's log entries from an instant on, in order of time. */
export async function listEntries(
  client: Client,
  { project, region }: Location,
  job: string,
  since: Date,
): Promise<LogEntry[]> {
  const filter = [
    `logName="projects/${project}/logs/cloudscheduler.googleapis.com%2Fexecutions"`,
    'resource.type="cloud_scheduler_job"',
    `resource.labels.job_id="${job}"`,
    `resource.labels.location="${region}"`,
    `timestamp>="${since.toISOString()}"`,
  ].join(' AND ');
  const body = {
    resourceNames: [`projects/${project}`],
    filter,
    orderBy: 'timestamp asc',
    pageSize: PAGE_SIZE,
  };
  return client.list<LogEntry>(
    { api: 'logging', method: 'POST', path: 'entries:list', body, idempotent: true },
    'entries',
  );
}
