import type { Tokens } from '../tokens/tokens';
import type { Service } from '../world/service';
import type { World } from '../world/world';

export type Access =
  | { readonly kind: 'granted' }
  | { readonly kind: 'denied'; readonly status: 401 | 403; readonly why: string };

const INVOKER_ROLES: readonly string[] = ['roles/run.invoker', 'roles/run.admin', 'roles/owner'];

/**
 * Decides as Cloud Run does whether a request may reach a service. 401 unless the token is Google's,
 * for one of the service's two URLs and not expired; 403 unless its account may invoke the service.
 */
export async function checkAccess(
  world: World,
  tokens: Tokens,
  service: Service,
  authorization: string | undefined,
): Promise<Access> {
  if (mayInvoke(world, service, 'allUsers')) return { kind: 'granted' };
  const token = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { kind: 'denied', status: 401, why: 'no bearer token' };
  const verified = await tokens.verify(token, service.urls);
  if (verified.kind === 'invalid') return { kind: 'denied', status: 401, why: verified.why };
  const { email } = verified;
  if (mayInvoke(world, service, `serviceAccount:${email}`)) return { kind: 'granted' };
  return { kind: 'denied', status: 403, why: `${email} has no roles/run.invoker on the service` };
}

function mayInvoke(world: World, service: Service, member: string): boolean {
  return [...service.policy.bindings, ...world.projectPolicy.bindings].some(
    ({ role, members, condition }) =>
      !condition && INVOKER_ROLES.includes(role) && members.includes(member),
  );
}
