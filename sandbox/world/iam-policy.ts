/** An IAM policy; its etag changes with every change. */
export interface Policy {
  readonly etag: string;
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
}

export const EMPTY_POLICY: Policy = { etag: Buffer.from('0').toString('base64'), bindings: [] };

export function withMember(policy: Policy, role: string, member: string): Policy {
  const binding = policy.bindings.find((other) => other.role === role);
  if (binding?.members.includes(member)) return policy;
  const rest = policy.bindings.filter((other) => other !== binding);
  return nextPolicy(policy, [...rest, { role, members: [...(binding?.members ?? []), member] }]);
}

export function withoutMember(policy: Policy, role: string, member: string): Policy {
  const bindings = policy.bindings.map((binding) =>
    binding.role === role
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

export function nextPolicy(policy: Policy, bindings: readonly Binding[]): Policy {
  const version = Number(Buffer.from(policy.etag, 'base64').toString()) + 1;
  const etag = Buffer.from(String(version)).toString('base64');
  return { etag, bindings: bindings.filter((binding) => binding.members.length > 0) };
}
