/** An IAM policy: the fields that operations read. */
export interface Policy {
  readonly bindings?: readonly Binding[];
}

export interface Binding {
  readonly role: string;
  readonly members?: readonly string[];
  readonly condition?: { readonly title?: string; readonly expression?: string };
}

/** The bindings that grant a role to a member: at most one without a condition. */
export function bindingsOf(policy: Policy | undefined, role: string, member: string): Binding[] {
  return (policy?.bindings ?? []).filter(
    (binding) => binding.role === role && binding.members?.includes(member),
  );
}
