import type { Client } from './client';
import { gcloud, inOrder, when, type Fix } from '../fixes/fix';

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

export function isEnabledPolicy({ enabled = true }: AlertPolicy): boolean {
  return enabled;
}

/**
 * Explains enabled policies of one display name, which only a second state of a stage makes; undefined
 * if there is at most one. A disabled one does no harm, and can be enabled again.
 */
export function duplicatePolicies(
  policies: readonly AlertPolicy[],
  project: string,
): { cause: string; fix: Fix } | undefined {
  const [first, ...others] = policies.filter(isEnabledPolicy);
  if (first === undefined || others.length === 0) return undefined;
  const ids = [first, ...others].map(({ name, creationRecord }) =>
    creationRecord?.mutateTime === undefined
      ? name
      : `${name} (created ${creationRecord.mutateTime})`,
  );
  return {
    cause: `${ids.length} alert policies are named "${first.displayName ?? ''}": ${ids.join(', ')}`,
    fix: inOrder(disable(first, project), ...others.map((policy) => disable(policy, project))),
  };
}

function disable({ name }: AlertPolicy, project: string): Fix {
  return when(
    `only if ${name} is not the one in the state (docs/recovering-state.md)`,
    gcloud(
      ...['alpha', 'monitoring', 'policies', 'update', name],
      ...['--no-enabled', `--project=${project}`],
    ),
  );
}
