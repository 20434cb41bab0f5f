import { bindingOf, type Policy } from '../google/policy';
import { reporter, type CheckResult } from './check-result';
import { valueOf, type Reading, type Snapshot } from './snapshot';
import { gcloud, recipe } from '../fixes/fix';

const INVOKER = 'roles/run.invoker';
const AGENT_ROLE = 'roles/cloudscheduler.serviceAgent';

/** Whether the account may invoke the worker. */
export function checkInvoker(snapshot: Snapshot): CheckResult[] {
  const { workerPolicy, projectPolicy, accountEmail, workerName, stage } = snapshot;
  const report = reporter('invoker-granted', workerName);
  const member = `serviceAccount:${accountEmail}`;
  for (const [level, policy] of [
    ['the service', workerPolicy],
    ['the project', projectPolicy],
  ] as const) {
    const binding = findBinding(policy, INVOKER, member);
    if (binding === undefined) continue;
    if (binding.condition === undefined) return [report.ok(`${INVOKER} on ${level}`)];
    const title = binding.condition.title ?? binding.condition.expression ?? '';
    return [report.warning(`${INVOKER} on ${level} has a condition that may not be met: ${title}`)];
  }
  // Without the worker there is no grant; checkWorker reports the missing worker.
  if (workerPolicy.kind === 'absent') return [];
  const unknown = [workerPolicy, projectPolicy].find((policy) => policy.kind === 'unknown');
  if (unknown?.kind === 'unknown') {
    return [report.unknown(unknown.error)];
  }
  return [
    report.failure(
      `${accountEmail} has ${INVOKER} neither on the service nor on the project`,
      recipe('setup', stage),
    ),
  ];
}

/** Whether Cloud Scheduler's service agent may create tokens for the service account. */
export function checkServiceAgent({ project, projectPolicy, location }: Snapshot): CheckResult[] {
  const number = valueOf(project)?.projectNumber;
  if (number === undefined) return [];
  const email = `service-${number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com`;
  const report = reporter('service-agent-role', email);
  if (projectPolicy.kind === 'unknown') {
    return [report.unknown(projectPolicy.error)];
  }
  const member = `serviceAccount:${email}`;
  if (findBinding(projectPolicy, AGENT_ROLE, member)) return [report.ok(AGENT_ROLE)];
  return [
    report.failure(
      `Cloud Scheduler's service agent lacks ${AGENT_ROLE} on the project, so its calls fail with 403`,
      gcloud(
        ...['projects', 'add-iam-policy-binding', location.project],
        ...[`--member=${member}`, `--role=${AGENT_ROLE}`],
      ),
    ),
  ];
}

function findBinding(policy: Reading<Policy>, role: string, member: string) {
  return policy.kind === 'value' ? bindingOf(policy.value, role, member) : undefined;
}
