import { gcloud, recipe } from '../fixes/fix';
import { bindingsOf } from '../google/policy';
import { found, ok, unreadable, type CheckResult } from './check-result';
import { valueOf } from '../google/reading';
import type { Snapshot } from './snapshot';

const INVOKER = 'roles/run.invoker';
const AGENT_ROLE = 'roles/cloudscheduler.serviceAgent';

/** Whether the account may invoke the worker. */
export function checkInvoker(snapshot: Snapshot): CheckResult[] {
  const { workerPolicy, projectPolicy, accountEmail, workerName, stage } = snapshot;
  const member = `serviceAccount:${accountEmail}`;
  const grants = [
    { level: 'the service', policy: workerPolicy },
    { level: 'the project', policy: projectPolicy },
  ].flatMap(({ level, policy }) =>
    bindingsOf(valueOf(policy), INVOKER, member).map(({ condition }) => ({ level, condition })),
  );
  const grant = grants.find(({ condition }) => condition === undefined) ?? grants[0];
  const fix = recipe('setup', stage);
  if (grant !== undefined) {
    const where = `${INVOKER} on ${grant.level}`;
    if (grant.condition === undefined) return [ok('invoker-granted', workerName, where)];
    const { title, expression = '' } = grant.condition;
    const cause = `${where} has a condition that may not be met: ${title ?? expression}`;
    return [found('invoker-conditional', workerName, cause, fix)];
  }
  // Without the worker there is no grant; checkWorker reports the missing worker.
  if (workerPolicy.kind === 'absent') return [];
  const unknown = [workerPolicy, projectPolicy].find((policy) => policy.kind === 'unknown');
  if (unknown?.kind === 'unknown')
    return [unreadable('invoker-granted', workerName, unknown.error)];
  const cause = `${accountEmail} has ${INVOKER} neither on the service nor on the project`;
  return [found('invoker-missing', workerName, cause, fix)];
}

/** Whether Cloud Scheduler's service agent may create tokens for the service account. */
export function checkServiceAgent({ project, projectPolicy, location }: Snapshot): CheckResult[] {
  const number = valueOf(project)?.projectNumber;
  if (number === undefined) return [];
  const email = `service-${number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com`;
  if (projectPolicy.kind === 'unknown') {
    return [unreadable('service-agent-role', email, projectPolicy.error)];
  }
  const member = `serviceAccount:${email}`;
  if (bindingsOf(valueOf(projectPolicy), AGENT_ROLE, member).length > 0) {
    return [ok('service-agent-role', email, AGENT_ROLE)];
  }
  return [
    found(
      'agent-role-missing',
      email,
      `Cloud Scheduler's service agent lacks ${AGENT_ROLE} on the project, so its calls fail with 403`,
      gcloud(
        ...['projects', 'add-iam-policy-binding', location.project],
        ...[`--member=${member}`, `--role=${AGENT_ROLE}`],
      ),
    ),
  ];
}
