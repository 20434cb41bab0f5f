import type { World } from './world';

/** An entry of Cloud Logging, in the form of its REST API. */
export interface LogEntry {
  readonly insertId: string;
  readonly logName: string;
  readonly timestamp: string;
  readonly receiveTimestamp: string;
  readonly severity: string;
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly jsonPayload?: Readonly<Record<string, unknown>>;
  readonly textPayload?: string;
  readonly httpRequest?: { readonly status: number } & Readonly<Record<string, unknown>>;
  readonly trace?: string;
  readonly traceSampled?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A counter of log entries, in the form of Cloud Logging's REST API. */
export interface LogMetric {
  readonly name: string;
  readonly filter: string;
  readonly createTime: string;
  readonly valueExtractor?: string;
  readonly labelExtractors?: Readonly<Record<string, string>>;
  readonly bucketOptions?: unknown;
}

/** What entries of all services have. `at` is in milliseconds since 1970. */
export function newEntry(
  { project: { projectId }, region, log: { written } }: World,
  log: string,
  at: number,
  { type, labels }: LogEntry['resource'],
): Omit<LogEntry, 'severity'> {
  const timestamp = new Date(at).toISOString();
  return {
    insertId: `sandbox${String(written).padStart(9, '0')}`,
    logName: `projects/${projectId}/logs/${encodeURIComponent(log)}`,
    timestamp,
    receiveTimestamp: timestamp,
    resource: { type, labels: { project_id: projectId, location: region, ...labels } },
  };
}
