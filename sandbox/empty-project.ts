import { accountEmail } from '@scheduled-jobs/constructs/core/google-names';
import type { Seed } from './world/seed';

export interface EmptyProjectOptions {
  /** @default 'sandbox-project' */
  readonly projectId?: string;
  /** @default 'us-central1' */
  readonly region?: string;
  /** Names of Cloud Run services. @default - one service, `worker` */
  readonly services?: readonly string[];
  /** Emails of service accounts; the services run as the first. @default - one account, `scheduler` */
  readonly accounts?: readonly string[];
}

/** A project that holds only services to call, and service accounts. */
export function emptyProject(options: EmptyProjectOptions = {}): Seed {
  const { projectId = 'sandbox-project', region = 'us-central1', services = ['worker'] } = options;
  const { accounts: [email = accountEmail('scheduler', projectId), ...others] = [] } = options;
  const account = { email, displayName: 'Calls the services' };
  return {
    projectId,
    region,
    accounts: services.length > 0 ? others : options.accounts,
    services: services.map((name) => ({ name, stage: name, role: 'worker', account })),
  };
}
