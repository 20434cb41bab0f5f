import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import type { Incidents } from '../../page/input';
import { stackName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed } from '../errors';
import { listOpenAlerts, type Alert } from '../google/alerts';
import { tableJobs } from '../jobs/table';

/** The open alerts of the project, or why they could not be read. */
export async function readAlerts({ client, location }: Context): Promise<Alert[] | Failed> {
  try {
    return await listOpenAlerts(client, location.project);
  } catch (error) {
    if (error instanceof Failed) return error;
    throw error;
  }
}

/** The incidents of a stage: alerts of its policies. */
export function incidentsOf(
  alerts: readonly Alert[] | Failed,
  { settings, location }: Context,
  stage: StageName,
): Incidents {
  if (alerts instanceof Failed) return { problem: alerts.what };
  const names = new Set([
    failedRunsAlertName(stackName(stage)),
    ...tableJobs(settings, location, [stage]).map(({ name }) => missedRunsAlertName(name)),
  ]);
  const ofStage = alerts.filter(({ policy }) => names.has(policy?.displayName ?? ''));
  return {
    open: ofStage.map(({ openTime, policy, metric, log }) => ({
      openedAt: new Date(openTime ?? 0),
      title: policy?.displayName ?? '',
      details: Object.entries({ ...metric?.labels, ...log?.extractedLabels })
        .map(([label, value]) => `${label}: ${value}`)
        .join('\n'),
    })),
  };
}
