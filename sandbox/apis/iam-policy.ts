import { nextPolicy, type Binding, type Policy } from '../world/iam-policy';
import { ApiError, invalidArgument } from '../protocol/errors';
import { isObject, readMessage, type Message } from '../protocol/fields';

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
  const bindings = readBindings(given.bindings);
  if (bindings.some(({ condition }) => condition) && given.version !== 3) {
    throw invalidArgument('Policy version 3 is required: a binding has a condition.');
  }
  // Without an update mask, bindings and etag are replaced, audit configs only if they are given.
  const audits = 'auditConfigs' in given ? readAuditConfigs(given.auditConfigs) : undefined;
  return nextPolicy(current, bindings, audits);
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
    const condition = readCondition(binding.condition);
    return { role, members, ...(condition && { condition }) };
  });
}

function readCondition(given: unknown): Binding['condition'] {
  if (given === undefined || given === null) return undefined;
  const text = 'string';
  const { title, expression, ...rest } = readMessage(
    { title: text, expression: text, description: text, location: text },
    given,
    'policy.bindings.condition',
  );
  if (typeof title !== 'string' || typeof expression !== 'string') {
    throw invalidArgument('A condition must have a title and an expression.');
  }
  return { ...rest, title, expression };
}

function readAuditConfigs(given: unknown): Message[] {
  const logConfig = {
    logType: { enum: ['LOG_TYPE_UNSPECIFIED', 'ADMIN_READ', 'DATA_WRITE', 'DATA_READ'] },
    exemptedMembers: { list: 'string' },
  } as const;
  const { auditConfigs = [] } = readMessage(
    {
      auditConfigs: {
        list: { message: { service: 'string', auditLogConfigs: { list: { message: logConfig } } } },
      },
    },
    { auditConfigs: given },
    'policy',
  );
  return auditConfigs as Message[];
}

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|deleted:\w+|principal|principalSet):\S+)$/;

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
