import { EMPTY_POLICY, withMember } from './iam-policy';
import {
  APIS,
  createAccount,
  SCHEDULER_AGENT,
  SCHEDULER_AGENT_ROLE,
  type ServiceUrls,
  type World,
} from './world';

/**
 * Adds what the world has at the start and now lacks: APIs, accounts and services. What is there
 * stays as it is.
 *
 * @param urls of the services, by name
 */
export function restore(world: World, urls: ReadonlyMap<string, ServiceUrls>, now: number): void {
  APIS.forEach((api) => world.enabledApis.add(api));
  world.projectPolicy = withMember(
    world.projectPolicy,
    SCHEDULER_AGENT_ROLE,
    `serviceAccount:${SCHEDULER_AGENT}`,
  );
  for (const service of world.seed.services) {
    const { name, account } = service;
    const { email, displayName } = account;
    (world.accounts.get(email) ?? createAccount(world, email, displayName)).disabled = false;
    const at = urls.get(name);
    if (at === undefined || world.services.has(name)) continue;
    const createTime = new Date(now).toISOString();
    world.services.set(name, { ...service, urls: at, createTime, policy: EMPTY_POLICY });
  }
}
