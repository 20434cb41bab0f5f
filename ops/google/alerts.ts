import type { Client } from './client';

/**
 * An alert of Cloud Monitoring, which the console calls an incident: the fields that operations read.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alerts
 */
export interface Alert {
  /** `projects/P/alerts/ID` */
  readonly name: string;
  readonly state?: 'OPEN' | 'CLOSED';
  readonly openTime?: string;
  /** Of an alert on a metric. */
  readonly metric?: { readonly labels?: Readonly<Record<string, string>> };
  /** Of an alert on log entries. */
  readonly log?: { readonly extractedLabels?: Readonly<Record<string, string>> };
  readonly policy?: { readonly displayName?: string; readonly severity?: string };
}

/** The alerts that are open now. */
export function listOpenAlerts(client: Client, project: string): Promise<Alert[]> {
  const path = `projects/${project}/alerts`;
  const query = { filter: 'state="OPEN"' };
  return client.list<Alert>({ api: 'monitoring', method: 'GET', path, query }, 'alerts');
}
