import { nextPolicy, type Binding, type Policy } from '../world/iam-policy';
import { ApiError, invalidArgument } from '../protocol/errors';
import { isObject } from '../protocol/fields';

/**
 * The policy after a setIamPolicy call.
 *
 * @throws ApiError ABORTED (409) if the policy has changed since the caller read it;
 *   INVALID_ARGUMENT if it is malformed
 */
export function setPolicy(current: Policy, body: unknown): Policy {
  const given = isObject(body) && isObject(body.policy) ? body.policy : undefined;
  if (given === undefined) throw invalidArgument('policy is required.');
  if (given.etag !== undefined && given.etag !== '' && given.etag !== current.etag) {
    throw new ApiError(
      'ABORTED',
      'There were concurrent policy changes. Please retry the whole read-modify-write with ' +
        'exponential backoff.',
    );
  }
  return nextPolicy(current, readBindings(given.bindings));
}

/** A policy as the APIs return it. */
export function showPolicy({ etag, bindings }: Policy): object {
  return { version: 1, etag, ...(bindings.length > 0 && { bindings }) };
}

/** The response of testIamPermissions: callers of the sandbox have every permission. */
export function testPermissions(body: unknown): object {
  const permissions = isObject(body) ? body.permissions : undefined;
  if (!isStrings(permissions)) throw invalidArgument('permissions must be a list of strings.');
  return { permissions };
}

function readBindings(given: unknown): Binding[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalidArgument("Invalid value at 'policy.bindings'.");
  return given.map((binding: unknown) => {
    if (!isObject(binding)) throw invalidArgument("Invalid value at 'policy.bindings'.");
    const { role, members = [] } = binding;
    if (typeof role !== 'string' || !/^[a-z]+\/?[A-Za-z0-9_./-]+$/.test(role)) {
      throw invalidArgument('role must be a role such as roles/run.invoker.');
    }
    if (!isStrings(members) || !members.every((member) => MEMBER.test(member))) {
      throw invalidArgument(`Members of ${role} must look like serviceAccount:a@b.example.com.`);
    }
    return { role, members };
  });
}

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|deleted:\w+|principal|principalSet):\S+)$/;

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
