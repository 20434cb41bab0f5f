import { pathsOf } from '../world/seed';
import type { Service } from '../world/service';
import type { World } from '../world/world';

/** Milliseconds that a server may take to show its role. */
const PATIENCE = 1000;

/** Notes the role that a server of the user's own has: a web instance has no tasks. */
export function noteRole(world: World, service: Service, path: string, status: number): void {
  if (!pathsOf(service).includes(path)) return;
  world.serverRoles.set(service.name, status === 404 ? 'web' : 'worker');
}

/**
 * Asks a server once for its role, by a GET, which starts no task. A server that does not respond has none
 * until it does.
 */
export async function askForRole(world: World, service: Service, server: URL): Promise<void> {
  const [path] = pathsOf(service);
  if (path === undefined || world.serverRoles.has(service.name)) return;
  try {
    const { status } = await fetch(new URL(path, server), {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    noteRole(world, service, path, status);
  } catch {
    // Not started yet.
  }
}
