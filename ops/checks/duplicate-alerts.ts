import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import { stackName } from '../../stages/naming';
import { duplicatePolicies } from '../google/monitoring';
import { found, ok, type CheckResult } from './check-result';
import { valueOf } from '../google/reading';
import type { Snapshot } from './snapshot';

/** Whether each alert exists only once. A stage that was deployed with two states has two of each. */
export function checkDuplicateAlerts(snapshot: Snapshot): CheckResult[] {
  const { alertPolicies, stage, jobs, location } = snapshot;
  const stack = stackName(stage);
  const names = [
    failedRunsAlertName(stack),
    ...jobs.map(({ table }) => missedRunsAlertName(table.name)),
  ];
  const duplicates = names.flatMap((name) => {
    const named = (valueOf(alertPolicies) ?? []).filter(({ displayName }) => displayName === name);
    const problem = duplicatePolicies(named, location.project);
    return problem === undefined
      ? []
      : [found('alert-duplicated', name, problem.cause, problem.fix)];
  });
  return duplicates.length === 0 ? [ok('duplicate-alerts', stack, 'none')] : duplicates;
}
