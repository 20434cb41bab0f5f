import { serviceAccountEmail, webServiceName, workerServiceName } from '../stages/naming';
import type { AlertPolicy } from './monitoring/policy';
import { STAGE_NAMES, type StageName } from '../stages/stages';

/**
 * All that the sandbox's Google Cloud holds, as plain data. The modules in apis/ read and change
 * it; what happens in time (timers, requests under way) is the scheduler's.
 */
export interface World {
  readonly project: Project;
  readonly region: string;
  readonly appName: string;
  readonly enabledApis: Set<string>;
  /** Cloud Run services by name. */
  readonly services: Map<string, Service>;
  /** Service accounts by email. */
  readonly accounts: Map<string, ServiceAccount>;
  projectPolicy: Policy;
  /** Cloud Scheduler jobs by full name. */
  readonly jobs: Map<string, Job>;
  readonly log: LogEntry[];
  /** Log-based metrics by name. */
  readonly logMetrics: Map<string, LogMetric>;
  /** Alert policies by full name. */
  readonly alertPolicies: Map<string, AlertPolicy>;
  /** Notification channels by full name; nothing is ever sent. */
  readonly notificationChannels: Map<string, Readonly<Record<string, unknown>>>;
  /** The last number given to a policy or a channel. */
  lastId: number;
  readonly faults: Fault[];
  /** Whether reading a job with an OIDC token shows an `Authorization` header, as it may live. */
  authorizationOnRead: boolean;
}

export interface Project {
  readonly projectId: string;
  readonly projectNumber: string;
  readonly createTime: string;
}

export interface Service {
  readonly name: string;
  readonly stage: StageName;
  readonly role: 'worker' | 'web';
  /** Its two URLs; the first is its `uri`. */
  readonly urls: ServiceUrls;
  readonly accountEmail: string;
  readonly createTime: string;
  policy: Policy;
}

export type ServiceUrls = readonly [uri: string, other: string];

export interface ServiceAccount {
  readonly email: string;
  readonly uniqueId: string;
  displayName: string;
  disabled: boolean;
}

/** An IAM policy; its etag changes with every change. */
export interface Policy {
  readonly etag: string;
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
}

/** A job in the form of Cloud Scheduler's REST API. */
export interface Job {
  readonly name: string;
  readonly description?: string;
  readonly httpTarget: HttpTarget;
  readonly schedule: string;
  readonly timeZone: string;
  readonly userUpdateTime: string;
  readonly state: 'ENABLED' | 'PAUSED';
  readonly attemptDeadline: string;
  readonly retryConfig: RetryConfig;
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
  readonly jsonPayload: Readonly<Record<string, string>>;
  readonly httpRequest?: { readonly status: number };
}

/** A counter of log entries, in the form of Cloud Logging's REST API. */
export interface LogMetric {
  readonly name: string;
  readonly filter: string;
  readonly createTime: string;
}

/** Something that goes wrong until it is cleared, or `times` times. */
export type Fault = { times?: number } & (
  | { readonly fault: 'worker-missing'; readonly stage: StageName }
  | { readonly fault: 'worker-slow'; readonly stage: StageName; readonly seconds: number }
  | { readonly fault: 'worker-failing'; readonly stage: StageName; readonly status: number }
  | { readonly fault: 'worker-in-web-mode'; readonly stage: StageName }
  | {
      readonly fault: 'call';
      readonly code: number;
      readonly method?: string;
      readonly path?: string;
      readonly message?: string;
    }
);

/** Everything that the sandbox serves; all enabled at the start. */
export const APIS = [
  'cloudresourcemanager.googleapis.com',
  'cloudscheduler.googleapis.com',
  'iam.googleapis.com',
  'logging.googleapis.com',
  'monitoring.googleapis.com',
  'run.googleapis.com',
  'serviceusage.googleapis.com',
] as const;

export type Api = (typeof APIS)[number];

export const PROJECT_ID = 'validibot-sandbox';
const PROJECT_NUMBER = '123456789012';

/** Google's own account that calls on behalf of Cloud Scheduler. */
export const SCHEDULER_AGENT = `service-${PROJECT_NUMBER}@gcp-sa-cloudscheduler.iam.gserviceaccount.com`;
export const SCHEDULER_AGENT_ROLE = 'roles/cloudscheduler.serviceAgent';

export interface WorldOptions {
  readonly region: string;
  readonly appName: string;
  /** @default PROJECT_ID */
  readonly projectId?: string;
  readonly now: number;
}

/** A project with nothing in it. */
export function createWorld(options: WorldOptions): World {
  const { region, appName, projectId = PROJECT_ID } = options;
  const createTime = new Date(options.now).toISOString();
  return {
    project: { projectId, projectNumber: PROJECT_NUMBER, createTime },
    region,
    appName,
    enabledApis: new Set(),
    services: new Map(),
    accounts: new Map(),
    projectPolicy: EMPTY_POLICY,
    jobs: new Map(),
    log: [],
    logMetrics: new Map(),
    alertPolicies: new Map(),
    notificationChannels: new Map(),
    lastId: 0,
    faults: [],
    authorizationOnRead: true,
  };
}

/**
 * Puts in what a world has at the start, where it is missing: APIs, services and accounts of every
 * stage. What is there stays as it is.
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
  for (const stage of STAGE_NAMES) {
    const email = serviceAccountEmail(world.appName, stage, world.project.projectId);
    const account = world.accounts.get(email) ?? createAccount(world, email, `Validibot ${stage}`);
    account.disabled = false;
    for (const [role, nameOf] of SERVICE_ROLES) {
      const name = nameOf(world.appName, stage);
      const at = urls.get(name);
      if (at === undefined || world.services.has(name)) continue;
      world.services.set(name, {
        name,
        stage,
        role,
        urls: at,
        accountEmail: email,
        createTime: new Date(now).toISOString(),
        policy: EMPTY_POLICY,
      });
    }
  }
}

export function createAccount(world: World, email: string, displayName: string): ServiceAccount {
  const uniqueId = String(100000000000000000001n + BigInt(world.accounts.size));
  const account = { email, uniqueId, displayName, disabled: false };
  world.accounts.set(email, account);
  return account;
}

/** The names of every service of the world at the start. */
export function serviceNames(appName: string): string[] {
  return STAGE_NAMES.flatMap((stage) => SERVICE_ROLES.map(([, nameOf]) => nameOf(appName, stage)));
}

export function withMember(policy: Policy, role: string, member: string): Policy {
  const binding = policy.bindings.find((other) => other.role === role);
  if (binding?.members.includes(member)) return policy;
  const rest = policy.bindings.filter((other) => other !== binding);
  return nextPolicy(policy, [...rest, { role, members: [...(binding?.members ?? []), member] }]);
}

export function withoutMember(policy: Policy, role: string, member: string): Policy {
  const bindings = policy.bindings.map((binding) =>
    binding.role === role
      ? { role, members: binding.members.filter((other) => other !== member) }
      : binding,
  );
  return nextPolicy(policy, bindings);
}

export function nextPolicy(policy: Policy, bindings: readonly Binding[]): Policy {
  const version = Number(Buffer.from(policy.etag, 'base64').toString()) + 1;
  const etag = Buffer.from(String(version)).toString('base64');
  return { etag, bindings: bindings.filter((binding) => binding.members.length > 0) };
}

const EMPTY_POLICY: Policy = { etag: Buffer.from('0').toString('base64'), bindings: [] };

const SERVICE_ROLES = [
  ['worker', workerServiceName],
  ['web', webServiceName],
] as const;
