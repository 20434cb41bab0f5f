import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import { formatDuration } from '../../constructs/core/format-duration';
import { stackName } from '../../stages/naming';
import { monitoringOf } from '../../stages/monitoring';
import type { AlertPolicy } from '../google/monitoring';
import { reporter, type CheckResult } from './check-result';
import type { Snapshot, JobSnapshot } from './snapshot';
import { recipe } from '../fixes/fix';

/** Whether a job has its alerts: on failed runs, and on missed runs where such an alert can fire. */
export function checkJobAlerts(
  snapshot: Snapshot,
  { table }: JobSnapshot,
  timeZone: string,
): CheckResult[] {
  const { alertPolicies, stage } = snapshot;
  const report = reporter('job-alerts', table.name);
  if (alertPolicies.kind === 'unknown') {
    return [report.unknown(alertPolicies.error)];
  }
  const policies = alertPolicies.kind === 'value' ? alertPolicies.value : [];
  const { missedAfterSeconds, reason } = monitoringOf(table.definition, timeZone);
  const expected = [
    ['failed runs', failedRunsAlertName(stackName(stage))],
    ...(missedAfterSeconds === undefined ? [] : [['missed runs', missedRunsAlertName(table.name)]]),
  ] as [what: string, name: string][];
  const missing = expected.filter(([, name]) => !isActive(policies, name));
  if (missing.length > 0) {
    const kinds = missing.map(([what]) => what).join(' or ');
    return [report.warning(`no alert on ${kinds}`, recipe('setup', stage))];
  }
  const alerts =
    missedAfterSeconds === undefined
      ? `alerts on failed runs only: ${reason ?? ''}`
      : `alerts on failed runs and after ${formatDuration(missedAfterSeconds)} without success`;
  const isSilent = expected.every(([, name]) => channelsOf(policies, name) === 0);
  return [report.ok(isSilent ? `${alerts}; no one is notified` : alerts)];
}

function isActive(policies: readonly AlertPolicy[], name: string): boolean {
  return policies.some(({ displayName, enabled = true }) => displayName === name && enabled);
}

function channelsOf(policies: readonly AlertPolicy[], name: string): number {
  const policy = policies.find(({ displayName }) => displayName === name);
  return policy?.notificationChannels?.length ?? 0;
}
