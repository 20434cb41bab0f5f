import type { Servers } from '../cloud-run/servers';
import type { Alerting } from '../monitoring/alerting';
import type { Clock } from '../scheduler/clock';
import type { Scheduler } from '../scheduler/scheduler';
import type { LogEntry } from '../world/logging';
import type { World } from '../world/world';
import { notFound, permissionDenied } from '../protocol/errors';

/** What all APIs share. */
export interface Context {
  readonly world: World;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly alerting: Alerting;
  /** Writes an entry to the project's log. */
  readonly log: (entry: LogEntry) => void;
  /** The servers in front of the services. */
  readonly servers: Servers;
}

/** @throws ApiError PERMISSION_DENIED for any other project, as Google does for one that the caller may not see */
export function requireProject({ world }: Context, project: string): void {
  const { projectId, projectNumber } = world.project;
  if (project === projectId || project === projectNumber) return;
  throw permissionDenied(
    `Permission denied on resource project ${project}. The sandbox's only project is ${projectId}.`,
  );
}

/** @throws ApiError NOT_FOUND for any region except the sandbox's */
export function requireLocation({ world }: Context, location: string): void {
  if (location === world.region) return;
  throw notFound(`Location ${location} (the sandbox's only location is ${world.region})`);
}

/** The full name of one of the project's resources: `projects/PROJECT/topics/ID`. */
export function nameOf({ world }: Context, collection: string, id: string): string {
  return `projects/${world.project.projectId}/${collection}/${id}`;
}

/** @throws ApiError NOT_FOUND */
export function find<T>(resources: ReadonlyMap<string, T>, name: string, title: string): T {
  const found = resources.get(name);
  if (found === undefined) throw notFound(`${title} ${name}`);
  return found;
}

/** @throws ApiError PERMISSION_DENIED if a service account that tokens are to be created for does not exist */
export function requireAccount({ world }: Context, email: string): void {
  if (world.accounts.has(email)) return;
  throw permissionDenied(
    'The principal (user or service account) lacks IAM permission "iam.serviceAccounts.actAs" for the ' +
      `resource "${email}" (or the resource may not exist).`,
  );
}

export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
