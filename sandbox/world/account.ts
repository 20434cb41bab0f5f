import { withMemberRenamed, type Policy } from './iam-policy';
import type { World } from './world';

export interface ServiceAccount {
  readonly email: string;
  readonly uniqueId: string;
  displayName: string;
  description: string;
  disabled: boolean;
}

export function createAccount(world: World, email: string, displayName: string): ServiceAccount {
  const uniqueId = String(100000000000000000001n + BigInt(world.accountsCreated++));
  const account = { email, uniqueId, displayName, description: '', disabled: false };
  world.accounts.set(email, account);
  return account;
}

/**
 * Deletes an account. Its grants stay, but belong to the deleted account alone: a new one of the same name
 * does not have them.
 *
 * Source: https://cloud.google.com/iam/docs/service-accounts-delete-undelete
 */
export function deleteAccount(world: World, { email, uniqueId }: ServiceAccount): void {
  const deleted = (policy: Policy): Policy =>
    withMemberRenamed(
      policy,
      `serviceAccount:${email}`,
      `deleted:serviceAccount:${email}?uid=${uniqueId}`,
    );
  world.accounts.delete(email);
  world.projectPolicy = deleted(world.projectPolicy);
  for (const [name, policy] of world.policies) world.policies.set(name, deleted(policy));
  for (const service of world.services.values()) service.policy = deleted(service.policy);
}
