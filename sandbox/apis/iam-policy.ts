import { EMPTY_POLICY, nextPolicy, type Binding, type Policy } from '../world/iam-policy';
import type { Context } from './context';
import { ApiError, invalidArgument } from '../protocol/errors';
import { readMessage, type Fields } from '../protocol/fields';

const CONDITION: Fields = {
  ...{ title: 'string', expression: 'string', description: 'string', location: 'string' },
};
const AUDIT: Fields = {
  logType: { enum: ['LOG_TYPE_UNSPECIFIED', 'ADMIN_READ', 'DATA_WRITE', 'DATA_READ'] },
  exemptedMembers: { list: 'string' },
};
const POLICY: Fields = {
  ...{ version: 'int32', etag: 'string' },
  bindings: {
    list: {
      message: { role: 'string', members: { list: 'string' }, condition: { message: CONDITION } },
    },
  },
  auditConfigs: {
    list: { message: { service: 'string', auditLogConfigs: { list: { message: AUDIT } } } },
  },
};

export const POLICY_VERBS = ['getIamPolicy', 'setIamPolicy', 'testIamPermissions'] as const;
export type PolicyVerb = (typeof POLICY_VERBS)[number];

/** Carries out a method on the policy of a resource; `store` is called with a new policy. */
export function policyMethod(
  verb: PolicyVerb,
  body: unknown,
  policy: Policy,
  store: (policy: Policy) => void,
): object {
  if (verb === 'testIamPermissions') return testPermissions(body);
  if (verb === 'getIamPolicy') return showPolicy(policy);
  const next = setPolicy(policy, body);
  store(next);
  return showPolicy(next);
}

/** The same for a resource whose grants make no difference in the sandbox. */
export function storedPolicyMethod(
  { world: { policies } }: Context,
  name: string,
  verb: PolicyVerb,
  body?: unknown,
): object {
  return policyMethod(verb, body, policies.get(name) ?? EMPTY_POLICY, (policy) => {
    policies.set(name, policy);
  });
}

/**
 * The policy after a setIamPolicy call.
 *
 * @throws ApiError ABORTED (409) if the policy has changed since the caller read it;
 *   INVALID_ARGUMENT if it is malformed
 */
function setPolicy(current: Policy, body: unknown): Policy {
  const request: Fields = { policy: { message: POLICY }, updateMask: 'string' };
  const { policy: given } = readMessage(request, body, 'request') as {
    policy?: Partial<Policy> & { version?: number };
  };
  if (given === undefined) throw invalidArgument('policy is required.');
  if (given.etag !== undefined && given.etag !== '' && given.etag !== current.etag) {
    throw new ApiError(
      'ABORTED',
      'There were concurrent policy changes. Please retry the whole read-modify-write with ' +
        'exponential backoff.',
    );
  }
  const bindings = (given.bindings ?? []).map(readBinding);
  if (bindings.some(({ condition }) => condition) && given.version !== 3) {
    throw invalidArgument('Policy version 3 is required: a binding has a condition.');
  }
  // Without an update mask, bindings and etag are replaced, audit configs only if they are given.
  return nextPolicy(current, bindings, given.auditConfigs);
}

/** A policy as the APIs return it. */
export function showPolicy({ etag, bindings, auditConfigs }: Policy): object {
  return {
    version: bindings.some(({ condition }) => condition) ? 3 : 1,
    etag,
    ...(bindings.length > 0 && { bindings }),
    ...(auditConfigs?.length && { auditConfigs }),
  };
}

/** The response of testIamPermissions: callers of the sandbox have every permission. */
function testPermissions(body: unknown): object {
  const { permissions } = readMessage({ permissions: { list: 'string' } }, body, 'request');
  if (permissions === undefined) throw invalidArgument('permissions is required.');
  return { permissions };
}

function readBinding({ role = '', members = [], condition }: Partial<Binding>): Binding {
  if (!/^[a-z]+\/?[A-Za-z0-9_./-]+$/.test(role)) {
    throw invalidArgument('role must be a role such as roles/run.invoker.');
  }
  if (!members.every((member) => MEMBER.test(member))) {
    throw invalidArgument(`Members of ${role} must look like serviceAccount:a@b.example.com.`);
  }
  if (condition === undefined) return { role, members };
  if (!condition.title || !condition.expression) {
    throw invalidArgument('A condition must have a title and an expression.');
  }
  return { role, members, condition };
}

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|deleted:\w+|principal|principalSet):\S+)$/;
