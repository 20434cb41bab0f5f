import type { Alerting } from '../monitoring/alerting';
import type { Clock } from '../scheduler/clock';
import type { Scheduler } from '../scheduler/scheduler';
import type { Service, ServiceUrls, World } from '../world/world';
import { notFound, permissionDenied } from '../protocol/errors';

/** What all APIs share. */
export interface Context {
  readonly world: World;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly alerting: Alerting;
  /** Finds out which role the user's own server behind a service has, if there is one. */
  readonly observeRole: (service: Service) => Promise<void>;
  /** Starts the server in front of a new service; one that was deleted before gets its URLs back. */
  readonly openService: (name: string) => Promise<ServiceUrls>;
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

export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
