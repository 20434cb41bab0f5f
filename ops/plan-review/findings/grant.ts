import { actionOf } from '../actions';
import { phrase, type Phrase } from '../phrase';
import type { ResourceChange } from '../plan/schema';
import { known, valuesAfter, valuesBefore, type Values } from '../plan/values';
import { finding, type Finding } from './finding';

/** One role of one member. */
interface Grant {
  readonly role: string;
  readonly member: string;
}

const TYPE = /^google_.+_iam_(member|binding|policy)$/;

/** Anyone on the internet; anyone with a Google account. */
const PUBLIC = ['allUsers', 'allAuthenticatedUsers'];

export function isGrant(type: string): boolean {
  return TYPE.test(type);
}

/**
 * The grants that a plan adds and removes. A `_member` is one grant of many. A `_binding` is all
 * members of a role, and a `_policy` all roles: creating one removes every grant that is not in it.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/cloud_run_v2_service_iam
 */
export function grantFindings(resource: ResourceChange): Finding[] {
  const kind = TYPE.exec(resource.type)?.[1];
  const [before, after] = [valuesBefore(resource), valuesAfter(resource)];
  const action = actionOf(resource.change.actions);
  if (action === 'forgotten') {
    const message = phrase`Terraform stops managing the grant of ${grant(before)}; the grant stays.`;
    return [finding(resource, 'security', 'grant-forgotten', message)];
  }
  if (action === 'unchanged' || action === 'read') return [];
  const found: Finding[] = [];
  if (isHiddenPolicy(kind, after)) {
    const message = phrase`The plan does not show the IAM policy that ${resource.address} sets; it may remove any grant.`;
    found.push(finding(resource, 'stops', 'grant-hidden', message));
  }
  if (action === 'created' && kind !== 'member') {
    const message =
      kind === 'binding'
        ? phrase`Makes ${grant(after)} the only members with that role; anyone else who has it now loses it.`
        : phrase`Sets the whole IAM policy of ${placeOf(after)}; every grant that is not in it is removed.`;
    found.push(finding(resource, 'stops', 'grant-removed', message));
  }
  const [had, has] = [grantsIn(before), grantsIn(after)];
  const lost = without(had, has);
  const gained = without(has, had);
  const isPublic = gained.filter(({ member }) => PUBLIC.includes(member));
  if (isPublic.length > 0) {
    const message = phrase`Grants ${list(isPublic)} on ${placeOf(after)}; anyone can use it.`;
    found.push(finding(resource, 'stops', 'grant-public', message));
  }
  switch (action) {
    case 'destroyed': {
      const message = phrase`Removes the grant of ${grant(before)}; calls that rely on it return 403.`;
      return [finding(resource, 'stops', 'grant-removed', message), ...found];
    }
    case 'replaced': {
      const message = phrase`Replaces the grant of ${grant(before)} with ${grant(after)}; calls return 403 until it takes effect, up to 7 minutes.`;
      return [finding(resource, 'stops', 'grant-removed', message), ...found];
    }
    case 'created':
      return [
        ...found,
        finding(resource, 'security', 'grant-created', phrase`Grants ${grant(after)}.`),
      ];
    default: {
      const message = phrase`Changes a grant. Before: ${grant(before)}. After: ${grant(after)}.`;
      found.push(finding(resource, 'security', 'grant-changed', message));
      if (lost.length === 0) return found;
      const removed = phrase`Removes ${list(lost)} on ${placeOf(before)}; calls that rely on it return 403.`;
      return [finding(resource, 'stops', 'grant-removed', removed), ...found];
    }
  }
}

/** Whether it is a policy that the plan does not show. */
function isHiddenPolicy(kind: string | undefined, after: Values): boolean {
  return kind === 'policy' && after.size > 0 && policyIn(after) === undefined;
}

function grantsIn(values: Values): Grant[] {
  const policy = policyIn(values);
  if (policy !== undefined) return policy;
  const role = known(values, 'role');
  return role === undefined ? [] : membersOf(values).map((member) => ({ role, member }));
}

/** The grants in `policy_data`; undefined if it is absent or not readable. */
function policyIn(values: Values): Grant[] | undefined {
  const data = known(values, 'policy_data');
  if (data === undefined) return undefined;
  try {
    const { bindings = [] } = JSON.parse(data) as {
      bindings?: { role?: string; members?: string[] }[];
    };
    return bindings.flatMap(({ role = '', members = [] }) =>
      members.map((member) => ({ role, member })),
    );
  } catch {
    return undefined;
  }
}

function without(some: readonly Grant[], others: readonly Grant[]): Grant[] {
  return some.filter(
    ({ role, member }) => !others.some((other) => other.role === role && other.member === member),
  );
}

function list(grants: readonly Grant[]): string {
  return grants.map(({ role, member }) => `${role} to ${member}`).join(', ');
}

/** `roles/run.invoker on validibot-worker to serviceAccount:…` */
function grant(values: Values): Phrase {
  const policy = policyIn(values);
  if (policy !== undefined) return phrase`${list(policy) || 'no role'} on ${placeOf(values)}`;
  const members = membersOf(values).join(', ') || 'members known after apply';
  return phrase`${known(values, 'role') ?? 'a role known after apply'} on ${placeOf(values)} to ${members}`;
}

function placeOf(values: Values): string {
  const on = ['name', 'service', 'service_account_id', 'bucket', 'project']
    .map((attribute) => known(values, attribute))
    .find((value) => value !== undefined);
  return on ?? 'a resource known after apply';
}

function membersOf(values: Values): string[] {
  return [...values.keys()]
    .filter((path) => /^members?(\.\d+)?$/.test(path))
    .flatMap((path) => known(values, path) ?? []);
}
