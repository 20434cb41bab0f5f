import { bindingOf, type Policy } from '../google/policy';
import { reporter, type CheckResult } from './check-result';
import { valueOf, type Reading, type Survey } from './survey';

const INVOKER = 'roles/run.invoker';
const AGENT_ROLE = 'roles/cloudscheduler.serviceAgent';

/** Whether the account may invoke the worker. */
export function checkInvoker(survey: Survey): CheckResult[] {
  const { workerPolicy, projectPolicy, accountEmail, workerName, stage } = survey;
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
    return [report.warning(`${INVOKER} on ${level} has a condition, which may not hold: ${title}`)];
  }
  // No worker, no grant; that it is missing is said already.
  if (workerPolicy.kind === 'absent') return [];
  const unknown = [workerPolicy, projectPolicy].find((policy) => policy.kind === 'unknown');
  if (unknown?.kind === 'unknown') {
    return [report.warning(`not known: ${unknown.error.what}`, unknown.error.fix)];
  }
  return [
    report.failure(
      `${accountEmail} has no ${INVOKER}, neither on the service nor on the project`,
      `just gcp-scheduler-setup ${stage}`,
    ),
  ];
}

/** Whether Google's own account may make tokens for Cloud Scheduler. */
export function checkServiceAgent({ project, projectPolicy, location }: Survey): CheckResult[] {
  const number = valueOf(project)?.projectNumber;
  if (number === undefined) return [];
  const email = `service-${number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com`;
  const report = reporter('service-agent-role', email);
  if (projectPolicy.kind === 'unknown') {
    return [report.warning(`not known: ${projectPolicy.error.what}`, projectPolicy.error.fix)];
  }
  const member = `serviceAccount:${email}`;
  if (findBinding(projectPolicy, AGENT_ROLE, member)) return [report.ok(AGENT_ROLE)];
  return [
    report.failure(
      `Cloud Scheduler's service agent has no ${AGENT_ROLE} on the project, so calls end with 403`,
      `gcloud projects add-iam-policy-binding ${location.project} --member=${member} --role=${AGENT_ROLE}`,
    ),
  ];
}

function findBinding(policy: Reading<Policy>, role: string, member: string) {
  return policy.kind === 'value' ? bindingOf(policy.value, role, member) : undefined;
}
