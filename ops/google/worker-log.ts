import type { Client } from './client';
import { entriesRequest } from './logging';
import type { Location } from './scheduler';

/**
 * An entry of the log of a Cloud Run service: a request, or a line that its container wrote.
 *
 * Source: https://cloud.google.com/run/docs/logging
 */
export interface ServiceLogEntry {
  readonly timestamp: string;
  readonly severity?: string;
  readonly logName?: string;
  readonly trace?: string;
  readonly textPayload?: string;
  readonly jsonPayload?: Readonly<Record<string, unknown>>;
  readonly httpRequest?: {
    readonly requestUrl?: string;
    readonly status?: number;
    /** `0.012s` */
    readonly latency?: string;
  };
}

/** The most recent entries are read, in one call; the error comes at a request's end. */
const MOST = 500;

/** A service's log entries between two times, the latest 500 of them, in order of time. */
export async function listServiceEntries(
  client: Client,
  { project, region }: Location,
  service: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<ServiceLogEntry[]> {
  const filter = [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name="${service}"`,
    `resource.labels.location="${region}"`,
    `timestamp>="${from.toISOString()}"`,
    `timestamp<="${to.toISOString()}"`,
  ].join(' AND ');
  const request = entriesRequest({ project, region }, filter, 'desc', MOST);
  const page = await client.call<{ entries?: ServiceLogEntry[] }>(request);
  const inOrder = (page.entries ?? []).toReversed();
  return inOrder.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
}
