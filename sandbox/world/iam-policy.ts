/** An IAM policy; its etag changes with every change. */
export interface Policy {
  readonly etag: string;
  readonly bindings: readonly Binding[];
  /** Which calls are logged; stored, without effect. */
  readonly auditConfigs?: readonly object[];
}

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  /** The sandbox evaluates no conditions, so a conditional grant grants nothing. */
  readonly condition?: Condition;
}

export interface Condition {
  readonly title: string;
  readonly expression: string;
  readonly description?: string;
}

export const EMPTY_POLICY: Policy = { etag: Buffer.from('0').toString('base64'), bindings: [] };

export function withMember(policy: Policy, role: string, member: string): Policy {
  const binding = policy.bindings.find((other) => other.role === role && !other.condition);
  if (binding?.members.includes(member)) return policy;
  const rest = policy.bindings.filter((other) => other !== binding);
  return nextPolicy(policy, [...rest, { role, members: [...(binding?.members ?? []), member] }]);
}

export function withoutMember(policy: Policy, role: string, member: string): Policy {
  const bindings = policy.bindings.map((binding) =>
    binding.role === role && !binding.condition
      ? { role, members: binding.members.filter((other) => other !== member) }
      : binding,
  );
  return nextPolicy(policy, bindings);
}

export function withMemberRenamed(policy: Policy, member: string, name: string): Policy {
  if (!policy.bindings.some(({ members }) => members.includes(member))) return policy;
  const bindings = policy.bindings.map((binding) => ({
    ...binding,
    members: binding.members.map((other) => (other === member ? name : other)),
  }));
  return nextPolicy(policy, bindings);
}

export function nextPolicy(
  policy: Policy,
  bindings: readonly Binding[],
  auditConfigs = policy.auditConfigs,
): Policy {
  const version = Number(Buffer.from(policy.etag, 'base64').toString()) + 1;
  const etag = Buffer.from(String(version)).toString('base64');
  const kept = bindings.filter((binding) => binding.members.length > 0);
  return { etag, bindings: kept, ...(auditConfigs && { auditConfigs }) };
}
