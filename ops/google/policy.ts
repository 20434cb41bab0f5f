/** An IAM policy, as far as operations read it. */
export interface Policy {
  readonly bindings?: readonly Binding[];
}

export interface Binding {
  readonly role: string;
  readonly members?: readonly string[];
  readonly condition?: { readonly title?: string; readonly expression?: string };
}

/** The binding that gives a role to a member, if there is one. */
export function bindingOf(policy: Policy, role: string, member: string): Binding | undefined {
  return policy.bindings?.find(
    (binding) => binding.role === role && binding.members?.includes(member),
  );
}
