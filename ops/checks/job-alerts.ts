import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import { formatDuration } from '../../constructs/core/format-duration';
import { stackName } from '../../stages/naming';
import { monitoringOf } from '../../stages/monitoring';
import { recipe } from '../fixes/fix';
import { isEnabledPolicy, type AlertPolicy } from '../google/monitoring';
import { found, ok, unreadable, type CheckResult } from './check-result';
import type { JobSnapshot } from './job-snapshots';
import type { Snapshot } from './snapshot';

/** Whether a job has its alerts: on failed runs, and on missed runs where such an alert can fire. */
export function checkJobAlerts(snapshot: Snapshot, { table }: JobSnapshot): CheckResult {
  const { alertPolicies, metric, settings, stage } = snapshot;
  const subject = table.name;
  if (alertPolicies.kind === 'unknown')
    return unreadable('job-alerts', subject, alertPolicies.error);
  const policies = (alertPolicies.kind === 'value' ? alertPolicies.value : []).filter(
    isEnabledPolicy,
  );
  const { missedAfterSeconds, reason } = monitoringOf(table.definition, settings.timeZone);
  const expected = [
    ['failed runs', failedRunsAlertName(stackName(stage))],
    ...(missedAfterSeconds === undefined ? [] : [['missed runs', missedRunsAlertName(subject)]]),
  ] as [what: string, name: string][];
  const missing = expected.filter(([, name]) => named(policies, name) === undefined);
  if (missing.length > 0) {
    const kinds = missing.map(([what]) => what).join(' or ');
    return found('alerts-missing', subject, `no alert on ${kinds}`, recipe('setup', stage));
  }
  if (missedAfterSeconds !== undefined && metric.kind === 'absent') {
    const cause = 'no alert on missed runs: the metric that it watches does not exist';
    return found('alerts-missing', subject, cause, recipe('setup', stage));
  }
  const alerts =
    missedAfterSeconds === undefined
      ? `alerts on failed runs only: ${reason ?? ''}`
      : `alerts on failed runs and after ${formatDuration(missedAfterSeconds)} without success`;
  const isSilent = expected.every(
    ([, name]) => !named(policies, name)?.notificationChannels?.length,
  );
  return ok('job-alerts', subject, isSilent ? `${alerts}; no one is notified` : alerts);
}

function named(policies: readonly AlertPolicy[], name: string): AlertPolicy | undefined {
  return policies.find(({ displayName }) => displayName === name);
}
