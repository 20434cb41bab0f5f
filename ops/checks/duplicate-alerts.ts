import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import { stackName } from '../../stages/naming';
import { duplicatePolicies } from '../google/monitoring';
import { reporter, type CheckResult } from './check-result';
import { valueOf, type Snapshot } from './snapshot';

/** Whether each alert exists only once. A stage that was deployed with two states has two of each. */
export function checkDuplicateAlerts(snapshot: Snapshot): CheckResult[] {
  const { alertPolicies, stage, jobs, location } = snapshot;
  const name = stackName(stage);
  const expected = [
    failedRunsAlertName(name),
    ...jobs.map(({ table }) => missedRunsAlertName(table.name)),
  ];
  const duplicates = expected
    .map((displayName) =>
      (valueOf(alertPolicies) ?? []).filter((policy) => policy.displayName === displayName),
    )
    .filter(({ length }) => length > 1);
  if (duplicates.length === 0) return [reporter('duplicate-alerts', name).ok('none')];
  return duplicates.map((policies) => {
    const { cause, fix } = duplicatePolicies(policies, location.project);
    return reporter('duplicate-alerts', policies[0]?.displayName ?? name).failure(cause, fix);
  });
}
