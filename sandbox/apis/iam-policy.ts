import { nextPolicy, type Binding, type Policy } from '../world/iam-policy';
import { ApiError, invalidArgument } from '../protocol/errors';
import { isObject } from '../protocol/fields';

/**
 * The policy that a setIamPolicy call asks for.
 *
 * @throws ApiError ABORTED (409) when the policy was changed since the caller read it, and
 *   INVALID_ARGUMENT at a malformed one
 */
export function setPolicy(current: Policy, body: unknown): Policy {
  const given = isObject(body) && isObject(body.policy) ? body.policy : undefined;
  if (given === undefined) throw invalidArgument('The policy must be set.');
  if (given.etag !== undefined && given.etag !== '' && given.etag !== current.etag) {
    throw new ApiError(
      'ABORTED',
      'There were concurrent policy changes. Please retry the whole read-modify-write with ' +
        'exponential backoff.',
    );
  }
  return nextPolicy(current, readBindings(given.bindings));
}

/** A policy as the APIs show it. */
export function showPolicy({ etag, bindings }: Policy): object {
  return { version: 1, etag, ...(bindings.length > 0 && { bindings }) };
}

/** What testIamPermissions answers: whoever asks the sandbox may do all. */
export function testPermissions(body: unknown): object {
  const permissions = isObject(body) ? body.permissions : undefined;
  if (!isTexts(permissions)) throw invalidArgument('permissions must be a list of texts.');
  return { permissions };
}

function readBindings(given: unknown): Binding[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalidArgument("Invalid value at 'policy.bindings'.");
  return given.map((binding: unknown) => {
    if (!isObject(binding)) throw invalidArgument("Invalid value at 'policy.bindings'.");
    const { role, members = [] } = binding;
    if (typeof role !== 'string' || !/^[a-z]+\/?[A-Za-z0-9_./-]+$/.test(role)) {
      throw invalidArgument('Role must be set, and look like roles/run.invoker.');
    }
    if (!isTexts(members) || !members.every((member) => MEMBER.test(member))) {
      throw invalidArgument(`Members of ${role} must look like serviceAccount:a@b.example.com.`);
    }
    return { role, members };
  });
}

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|deleted:\w+|principal|principalSet):\S+)$/;

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
