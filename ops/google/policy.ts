/** An IAM policy: the fields that operations read. */
export interface Policy {
  readonly bindings?: readonly Binding[];
}

export interface Binding {
  readonly role: string;
  readonly members?: readonly string[];
  readonly condition?: { readonly title?: string; readonly expression?: string };
}

/** The binding that grants a role to a member, if any. */
export function bindingOf(policy: Policy, role: string, member: string): Binding | undefined {
  return policy.bindings?.find(
    (binding) => binding.role === role && binding.members?.includes(member),
  );
}
