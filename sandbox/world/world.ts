import type { AlertPolicy } from './alert-policy';
import { EMPTY_POLICY, withMemberRenamed, type Policy } from './iam-policy';
import { Log } from './log';
import type { Seed, ServiceRole, ServiceSeed } from './seed';
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
  /** Cloud Scheduler jobs by full name. */
  readonly jobs: Map<string, Job>;
  readonly log: Log;
  /** How many attempts of jobs have ended. */
  attemptsEnded: number;
  /** Log-based metrics by name. */
  readonly logMetrics: Map<string, LogMetric>;
  /** Alert policies by full name. */
  readonly alertPolicies: Map<string, AlertPolicy>;
  /** Notification channels by full name; nothing is ever sent. */
  readonly notificationChannels: Map<string, Readonly<Record<string, unknown>>>;
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
  /** Pub/Sub topics and their push subscriptions, by full name. */
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

export interface Service extends ServiceSeed {
  /** Its two URLs; the first is its `uri`. */
  readonly urls: ServiceUrls;
  readonly createTime: string;
  readonly updateTime: string;
  /** How many times it has been deployed. */
  readonly generation: number;
  /** How it was deployed by a call. @default - the seed deployed it */
  readonly spec?: ServiceSpec;
  policy: Policy;
}

/** What a caller sets of a service, in the form of Cloud Run's REST API v2. */
export interface ServiceSpec extends Readonly<Record<string, unknown>> {
  readonly template: {
    readonly serviceAccount?: string;
    readonly containers: readonly {
      readonly image?: string;
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
}

export type ServiceUrls = readonly [uri: string, other: string];

export interface ServiceAccount {
  readonly email: string;
  readonly uniqueId: string;
  displayName: string;
  description: string;
  disabled: boolean;
}

/** A job in the form of Cloud Scheduler's REST API; it has exactly one target. */
export interface Job {
  readonly name: string;
  readonly description?: string;
  readonly httpTarget?: HttpTarget;
  readonly pubsubTarget?: PubsubTarget;
  readonly appEngineHttpTarget?: AppEngineTarget;
  readonly schedule: string;
  readonly timeZone: string;
  readonly userUpdateTime: string;
  /** `UPDATE_FAILED` only by a fault; the job then does not run until an update succeeds. */
  readonly state: 'ENABLED' | 'PAUSED' | 'UPDATE_FAILED';
  /** Pub/Sub targets have none. */
  readonly attemptDeadline?: string;
  /** Only if the job was given one. */
  readonly retryConfig?: RetryConfig;
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly scheduleTime?: string;
  readonly lastAttemptTime?: string;
}

export interface HttpTarget {
  readonly uri: string;
  readonly httpMethod: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body?: string;
  readonly oidcToken?: { readonly serviceAccountEmail: string; readonly audience: string };
  readonly oauthToken?: { readonly serviceAccountEmail: string; readonly scope: string };
}

export interface PubsubTarget {
  /** `projects/P/topics/T` */
  readonly topicName: string;
  /** Base64. */
  readonly data?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface AppEngineTarget {
  readonly httpMethod: string;
  readonly appEngineRouting?: Readonly<Record<string, string>>;
  readonly relativeUri: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body?: string;
}

/** Durations as the API writes them: `5s`. */
export interface RetryConfig {
  readonly retryCount?: number;
  readonly maxRetryDuration: string;
  readonly minBackoffDuration: string;
  readonly maxBackoffDuration: string;
  readonly maxDoublings: number;
}

/** An entry of Cloud Logging, in the form of its REST API. */
export interface LogEntry {
  readonly insertId: string;
  readonly logName: string;
  readonly timestamp: string;
  readonly receiveTimestamp: string;
  readonly severity: string;
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly jsonPayload?: Readonly<Record<string, unknown>>;
  readonly textPayload?: string;
  readonly httpRequest?: { readonly status: number } & Readonly<Record<string, unknown>>;
  readonly trace?: string;
  readonly traceSampled?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A counter of log entries, in the form of Cloud Logging's REST API. */
export interface LogMetric {
  readonly name: string;
  readonly filter: string;
  readonly createTime: string;
  readonly valueExtractor?: string;
  readonly labelExtractors?: Readonly<Record<string, string>>;
  readonly bucketOptions?: unknown;
}

/** A Pub/Sub topic, in the form of its REST API. */
export interface Topic {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Pub/Sub push subscription, in the form of its REST API. */
export interface Subscription {
  readonly name: string;
  readonly topic: string;
  readonly ackDeadlineSeconds: number;
  readonly pushConfig: { readonly pushEndpoint: string };
}

/** An injected fault, which lasts until it is cleared or has occurred `times` times. */
export type Fault = { times?: number } & (
  | { readonly fault: 'worker-missing'; readonly stage: string }
  | {
      readonly fault: 'worker-slow';
      readonly stage: string;
      /** Only requests whose path contains it. */
      readonly path?: string;
      readonly seconds: number;
    }
  | {
      readonly fault: 'worker-failing';
      readonly stage: string;
      readonly path?: string;
      readonly status: number;
    }
  | { readonly fault: 'worker-in-web-mode'; readonly stage: string }
  | {
      readonly fault: 'worker-rejects-token';
      readonly stage: string;
      readonly path?: string;
      readonly reason: string;
    }
  | {
      readonly fault: 'call';
      readonly code: number;
      readonly method?: string;
      readonly path?: string;
      readonly message?: string;
    }
);

/** Every API that the sandbox serves; all are enabled initially. */
export const APIS = [
  'cloudbilling.googleapis.com',
  'cloudresourcemanager.googleapis.com',
  'cloudscheduler.googleapis.com',
  'compute.googleapis.com',
  'iam.googleapis.com',
  'logging.googleapis.com',
  'monitoring.googleapis.com',
  'pubsub.googleapis.com',
  'run.googleapis.com',
  'serviceusage.googleapis.com',
] as const;

export type Api = (typeof APIS)[number];

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
  for (const service of world.services.values()) service.policy = deleted(service.policy);
}
