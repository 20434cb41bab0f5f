import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import type { Incidents } from '../../page/input';
import { stackName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed } from '../errors';
import type { Alert } from '../google/alerts';
import { tableJobs } from '../jobs/table';

/** The incidents of a stage: alerts of its policies. */
export function incidentsOf(
  alerts: readonly Alert[] | Failed,
  context: Context,
  stage: StageName,
): Incidents {
  if (alerts instanceof Failed) return { problem: alerts.what };
  const names = new Set([
    failedRunsAlertName(stackName(stage)),
    ...tableJobs(context, [stage]).map(({ name }) => missedRunsAlertName(name)),
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
