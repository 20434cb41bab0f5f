import type { StageName } from '../../../stages/stages';
import { withCamelCase } from '../../support/camel-case';
import { configurationOfStage } from '../../support/stages';
import { PROJECT, type OpsSandbox } from '../support';

/** An incident, as the API lists it. */
export interface OpenedIncident {
  readonly state: string;
  readonly policy: { readonly displayName: string };
}

/**
 * Creates the metric and the alert policies that a stage's stack declares, without Terraform.
 *
 * @param job - the only job to monitor. @default - all
 */
export async function monitorStage(sandbox: OpsSandbox, stage: StageName, job = ''): Promise<void> {
  const { resource } = configurationOfStage(stage);
  const create = async (type: string, path: string, fields: readonly string[]): Promise<void> => {
    for (const block of Object.values(resource?.[type] ?? {})) {
      const body = withCamelCase(block) as Record<string, unknown>;
      if (type.endsWith('policy') && !String(body.displayName).startsWith(job)) continue;
      const known = Object.fromEntries(
        Object.entries(body).filter(([field]) => fields.includes(field)),
      );
      // oxlint-disable-next-line no-await-in-loop -- in the order of the stack
      await sandbox.call('POST', path, known);
    }
  };
  await create('google_logging_metric', `/v2/projects/${PROJECT}/metrics`, [
    ...['name', 'filter', 'metricDescriptor'],
  ]);
  await create('google_monitoring_alert_policy', `/v3/projects/${PROJECT}/alertPolicies`, [
    ...['displayName', 'combiner', 'conditions', 'alertStrategy', 'severity'],
  ]);
}
