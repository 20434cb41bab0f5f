import type { Client } from './client';
import { gcloud, when, type Fix } from '../fixes/fix';

/**
 * An alert policy of Cloud Monitoring: the fields that operations read.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies
 */
export interface AlertPolicy {
  /** `projects/P/alertPolicies/NUMBER` */
  readonly name: string;
  readonly displayName?: string;
  /** Absent means enabled. */
  readonly enabled?: boolean;
  readonly notificationChannels?: readonly string[];
  readonly creationRecord?: { readonly mutateTime?: string };
}

/**
 * A notification channel: the fields that operations read.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels
 */
export interface Channel {
  /** `projects/P/notificationChannels/NUMBER` */
  readonly name: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export function listAlertPolicies(client: Client, project: string): Promise<AlertPolicy[]> {
  const path = `projects/${project}/alertPolicies`;
  return client.list<AlertPolicy>({ api: 'monitoring', method: 'GET', path }, 'alertPolicies');
}

export function listChannels(client: Client, project: string): Promise<Channel[]> {
  const path = `projects/${project}/notificationChannels`;
  return client.list<Channel>({ api: 'monitoring', method: 'GET', path }, 'notificationChannels');
}

/** Explains policies of one display name, which only a second state of a stage makes. */
export function duplicatePolicies(
  policies: readonly AlertPolicy[],
  project: string,
): { cause: string; fix: Fix } {
  const ids = policies.map(({ name, creationRecord }) =>
    creationRecord?.mutateTime === undefined
      ? name
      : `${name} (created ${creationRecord.mutateTime})`,
  );
  return {
    cause: `${policies.length} alert policies are named "${policies[0]?.displayName ?? ''}": ${ids.join(', ')}`,
    fix: when(
      'for each that is not in the state (docs/recovering-state.md shows which one is)',
      gcloud(
        'alpha',
        'monitoring',
        'policies',
        'update',
        'POLICY',
        '--no-enabled',
        `--project=${project}`,
      ),
    ),
  };
}
