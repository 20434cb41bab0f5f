import { accountEmail } from '@scheduled-jobs/constructs/core/google-names';
import type { Seed } from './world/seed';

export interface EmptyProjectOptions {
  /** @default 'sandbox-project' */
  readonly projectId?: string;
  /** @default 'us-central1' */
  readonly region?: string;
  /** Names of Cloud Run services. @default - one service, `worker` */
  readonly services?: readonly string[];
}

/** A project that holds only services to call, and the one account that they run as. */
export function emptyProject(options: EmptyProjectOptions = {}): Seed {
  const { projectId = 'sandbox-project', region = 'us-central1', services = ['worker'] } = options;
  const account = {
    email: accountEmail('scheduler', projectId),
    displayName: 'Calls the services',
  };
  return {
    projectId,
    region,
    services: services.map((name) => ({ name, stage: name, role: 'worker', account })),
  };
}
