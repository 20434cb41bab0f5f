import type { Client } from './client';

/**
 * An alert policy of Cloud Monitoring: the fields that operations read.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies
 */
export interface AlertPolicy {
  readonly displayName?: string;
  /** Absent means enabled. */
  readonly enabled?: boolean;
  readonly notificationChannels?: readonly string[];
}

export function listAlertPolicies(client: Client, project: string): Promise<AlertPolicy[]> {
  const path = `projects/${project}/alertPolicies`;
  return client.list<AlertPolicy>({ api: 'monitoring', method: 'GET', path }, 'alertPolicies');
}
