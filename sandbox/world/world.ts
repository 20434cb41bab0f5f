import type { ServiceAccount } from './account';
import type { AlertPolicy, NotificationChannel } from './alert-policy';
import type { Fault } from './fault';
import { EMPTY_POLICY, type Policy } from './iam-policy';
import type { Job } from './job';
import { Log } from './log';
import type { LogMetric } from './logging';
import type { Subscription, Topic } from './pubsub';
import type { Seed, ServiceRole } from './seed';
import type { Service } from './service';
import type { Snooze } from './snooze';

/**
 * Everything that the sandbox's Google Cloud holds, as plain data. The modules in apis/ read and
 * change it; timers and requests in progress are in scheduler/.
 */
export interface World {
  readonly project: Project;
  readonly region: string;
  /** What a reset restores. */
  readonly seed: Seed;
  readonly enabledApis: Set<string>;
  /** Cloud Run services by name. */
  readonly services: Map<string, Service>;
  /** Service accounts by email. */
  readonly accounts: Map<string, ServiceAccount>;
  projectPolicy: Policy;
  /** The policies of accounts, topics and subscriptions, by full name; stored, without effect. */
  readonly policies: Map<string, Policy>;
  /** Cloud Scheduler jobs by full name. */
  readonly jobs: Map<string, Job>;
  readonly log: Log;
  /** How many attempts of jobs have ended. */
  attemptsEnded: number;
  /** Log-based metrics by name. */
  readonly logMetrics: Map<string, LogMetric>;
  /** Alert policies by full name. */
  readonly alertPolicies: Map<string, AlertPolicy>;
  /** Notification channels by full name. */
  readonly notificationChannels: Map<string, NotificationChannel>;
  /** Service accounts created so far, also those that were deleted since. */
  accountsCreated: number;
  /** Periods in which policies open no incidents, by full name. */
  readonly snoozes: Map<string, Snooze>;
  /** The last number given to a policy or a channel. */
  lastId: number;
  readonly faults: Fault[];
  /** The key that would encrypt the jobs; stored, without effect. */
  cmekKey: string;
  /** Cloud Scheduler's long-running operations by name; all are done. */
  readonly operations: Map<string, object>;
  /** Pub/Sub topics and their subscriptions, by full name. */
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<string, Subscription>;
  /** Base URL that stands for the project's App Engine application. */
  readonly appEngine: URL | undefined;
  /** The roles of the user's own servers, by the service in front of them, as far as they have shown them. */
  readonly serverRoles: Map<string, ServiceRole>;
  /** Whether reading a job with an OIDC token shows an `Authorization` header, as the live API may. */
  authorizationOnRead: boolean;
}

export interface Project {
  readonly projectId: string;
  readonly projectNumber: string;
  readonly createTime: string;
}

const PROJECT_NUMBER = '123456789012';

/** Google's own service account, which acts for Cloud Scheduler. */
export const SCHEDULER_AGENT = `service-${PROJECT_NUMBER}@gcp-sa-cloudscheduler.iam.gserviceaccount.com`;
export const SCHEDULER_AGENT_ROLE = 'roles/cloudscheduler.serviceAgent';

/** An empty project; `restore` adds what the seed holds. */
export function createWorld(
  seed: Seed,
  now: number,
  { appEngine, retention }: { appEngine?: URL; retention?: number } = {},
): World {
  const { projectId, region } = seed;
  const createTime = new Date(now).toISOString();
  return {
    project: { projectId, projectNumber: PROJECT_NUMBER, createTime },
    region,
    seed,
    enabledApis: new Set(),
    services: new Map(),
    accounts: new Map(),
    projectPolicy: EMPTY_POLICY,
    policies: new Map(),
    jobs: new Map(),
    log: new Log(retention),
    attemptsEnded: 0,
    logMetrics: new Map(),
    alertPolicies: new Map(),
    notificationChannels: new Map(),
    accountsCreated: 0,
    snoozes: new Map(),
    cmekKey: '',
    operations: new Map(),
    topics: new Map(),
    subscriptions: new Map(),
    appEngine,
    lastId: 0,
    faults: [],
    serverRoles: new Map(),
    authorizationOnRead: true,
  };
}

/** The seed's services, also those that were deleted, and those that were created. */
export function servicesOf({ seed, services }: World): Pick<Seed, 'services'> {
  const byName = new Map([...seed.services.map((each) => [each.name, each] as const), ...services]);
  return { services: [...byName.values()] };
}

/** The next id of a policy, a channel or a snooze. Google's ids are numbers too; these are consecutive. */
export function newId(world: World): string {
  world.lastId += 1;
  return String(10 ** 12 + world.lastId);
}
