import type { Request } from './call';
import type { Client } from './client';
import type { Location } from './scheduler';

/**
 * An entry of Cloud Scheduler's execution log.
 *
 * Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/AttemptFinished
 */
export interface LogEntry {
  readonly timestamp: string;
  readonly insertId?: string;
  readonly resource?: { readonly labels?: { readonly job_id?: string } };
  readonly severity?: string;
  readonly httpRequest?: { readonly status?: number };
  readonly jsonPayload?: {
    readonly '@type'?: string;
    readonly status?: string;
    readonly debugInfo?: string;
  };
}

const PAGE_SIZE = 1000;

/** The log entries of some jobs since a time, in order of time. */
export function listEntries(
  client: Client,
  location: Location,
  jobs: readonly string[],
  since: Date,
): Promise<LogEntry[]> {
  const filter = filterOf(location, jobs, since);
  return client.list<LogEntry>(entriesRequest(location, filter, 'asc', PAGE_SIZE), 'entries');
}

/** The latest log entries of some jobs. */
export interface LatestEntries {
  /** In order of time. */
  readonly entries: readonly LogEntry[];
  /** Whether these are all entries since the given time. */
  readonly isComplete: boolean;
}

/**
 * The log entries of some jobs since a time, the latest first until there are `limit`. Cloud Logging
 * allows 60 calls a minute and project, each with up to 1,000 entries.
 *
 * Source: https://cloud.google.com/logging/quotas#api-limits
 */
export async function listLatestEntries(
  client: Client,
  location: Location,
  jobs: readonly string[],
  since: Date,
  limit: number,
): Promise<LatestEntries> {
  const found: LogEntry[] = [];
  const first = entriesRequest(location, filterOf(location, jobs, since), 'desc', PAGE_SIZE);
  let pageToken: string | undefined;
  do {
    const body = { ...first.body, ...(pageToken !== undefined && { pageToken }) };
    const page = await client.call<{ entries?: LogEntry[]; nextPageToken?: string }>({
      ...first,
      body,
    });
    found.push(...(page.entries ?? []));
    pageToken = page.nextPageToken || undefined;
  } while (pageToken !== undefined && found.length < limit);
  return { entries: found.reverse(), isComplete: pageToken === undefined };
}

/** The log entry of the end of a job's last successful attempt since a time, if there is one. */
export async function lastSuccess(
  client: Client,
  location: Location,
  job: string,
  since: Date,
): Promise<LogEntry[]> {
  const filter = `${filterOf(location, [job], since)} AND severity<ERROR AND httpRequest.status>0`;
  const page = await client.call<{ entries?: LogEntry[] }>(
    entriesRequest(location, filter, 'desc', 1),
  );
  return page.entries ?? [];
}

function filterOf({ project, region }: Location, jobs: readonly string[], since: Date): string {
  const ids = jobs.map((job) => `resource.labels.job_id="${job}"`);
  return [
    `logName="projects/${project}/logs/cloudscheduler.googleapis.com%2Fexecutions"`,
    'resource.type="cloud_scheduler_job"',
    ids.length === 1 ? ids.join() : `(${ids.join(' OR ')})`,
    `resource.labels.location="${region}"`,
    `timestamp>="${since.toISOString()}"`,
  ].join(' AND ');
}

/** Reads log entries that match a filter, the first or the last ones first. */
export function entriesRequest(
  { project }: Location,
  filter: string,
  order: 'asc' | 'desc',
  pageSize: number,
): Request {
  const resourceNames = [`projects/${project}`];
  const body = { resourceNames, filter, orderBy: `timestamp ${order}`, pageSize };
  return { api: 'logging', method: 'POST', path: 'entries:list', body, idempotent: true };
}

/** A log-based metric; only whether it exists is of interest. */
export function getMetric(client: Client, project: string, name: string): Promise<object> {
  const path = `projects/${project}/metrics/${encodeURIComponent(name)}`;
  return client.call<object>({ api: 'logging', method: 'GET', path });
}
