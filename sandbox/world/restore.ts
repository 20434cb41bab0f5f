import { EMPTY_POLICY, withMember } from './iam-policy';
import { createAccount } from './account';
import { APIS } from './apis';
import type { ServiceUrls } from './service';
import { SCHEDULER_AGENT, SCHEDULER_AGENT_ROLE, type World } from './world';

/**
 * Adds the initial APIs, accounts and services that are missing. Those that exist are not changed,
 * except that disabled accounts are enabled.
 *
 * @param urls the services' URLs, by name
 */
export function restore(world: World, urls: ReadonlyMap<string, ServiceUrls>, now: number): void {
  APIS.forEach((api) => world.enabledApis.add(api));
  world.projectPolicy = withMember(
    world.projectPolicy,
    SCHEDULER_AGENT_ROLE,
    `serviceAccount:${SCHEDULER_AGENT}`,
  );
  for (const email of world.seed.accounts ?? []) {
    (world.accounts.get(email) ?? createAccount(world, email, '')).disabled = false;
  }
  for (const service of world.seed.services) {
    const { name, account } = service;
    const { email, displayName } = account;
    (world.accounts.get(email) ?? createAccount(world, email, displayName)).disabled = false;
    const at = urls.get(name);
    if (at === undefined || world.services.has(name)) continue;
    const createTime = new Date(now).toISOString();
    world.services.set(name, {
      ...service,
      ...{ urls: at, createTime, updateTime: createTime, generation: 1, policy: EMPTY_POLICY },
    });
  }
}
