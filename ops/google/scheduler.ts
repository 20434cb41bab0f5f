import type { Client } from './client';
import type { Request } from './call';

/**
 * A Cloud Scheduler job: the fields that operations read. Fields that are zero may be absent. `headers`
 * may contain a bearer token: never print its values.
 *
 * Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export interface Job {
  /** `projects/P/locations/R/jobs/NAME` */
  readonly name: string;
  readonly description?: string;
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly state?: 'ENABLED' | 'PAUSED' | 'DISABLED' | 'UPDATE_FAILED';
  readonly attemptDeadline?: string;
  readonly userUpdateTime?: string;
  readonly lastAttemptTime?: string;
  readonly scheduleTime?: string;
  /** How the last attempt ended; no code means success. */
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly retryConfig?: {
    readonly retryCount?: number;
    readonly minBackoffDuration?: string;
    readonly maxBackoffDuration?: string;
    readonly maxDoublings?: number;
    readonly maxRetryDuration?: string;
  };
  readonly httpTarget?: {
    readonly uri?: string;
    readonly httpMethod?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly oidcToken?: { readonly serviceAccountEmail?: string; readonly audience?: string };
    readonly oauthToken?: { readonly serviceAccountEmail?: string };
  };
}

/** Where the jobs are. */
export interface Location {
  readonly project: string;
  readonly region: string;
}

/** For questions and results: `my-project (australia-southeast1)`. */
export function describeLocation({ project, region }: Location): string {
  return `${project} (${region})`;
}

/** The API's maximum. */
const PAGE_SIZE = '500';

/** The last part of the full name of a job, or of another resource. */
export function shortName({ name }: Pick<Job, 'name'>): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** All jobs in a location. */
export function listJobs(client: Client, location: Location): Promise<Job[]> {
  return client.list<Job>(
    { ...get(`${parent(location)}/jobs`), query: { pageSize: PAGE_SIZE } },
    'jobs',
  );
}

export function getJob(client: Client, location: Location, name: string): Promise<Job> {
  return client.call<Job>(get(jobPath(location, name)));
}

export function pauseJob(client: Client, location: Location, name: string): Promise<Job> {
  return client.call<Job>(post(`${jobPath(location, name)}:pause`, true));
}

export function resumeJob(client: Client, location: Location, name: string): Promise<Job> {
  return client.call<Job>(post(`${jobPath(location, name)}:resume`, true));
}

/** Starts a job, even one that is running. Not idempotent: each call starts one more run. */
export function runJob(client: Client, location: Location, name: string): Promise<Job> {
  return client.call<Job>(post(`${jobPath(location, name)}:run`, false));
}

function parent({ project, region }: Location): string {
  return `projects/${project}/locations/${region}`;
}

function jobPath(location: Location, name: string): string {
  return `${parent(location)}/jobs/${name}`;
}

function get(path: string): Request {
  return { api: 'cloudscheduler', method: 'GET', path };
}

function post(path: string, idempotent: boolean): Request {
  return { api: 'cloudscheduler', method: 'POST', path, body: {}, idempotent };
}
