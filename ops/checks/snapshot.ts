import { PROJECT_APIS, serviceOf } from '../../stages/apis';
import { serviceAccountEmail, webServiceName, workerServiceName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed, Interrupted } from '../errors';
import { GoogleError } from '../google/error';
import { getServiceAccount, type ServiceAccount } from '../google/iam';
import { lastAttempt } from '../google/logging';
import { listAlertPolicies, type AlertPolicy } from '../google/monitoring';
import type { Policy } from '../google/policy';
import { getProject, getProjectPolicy, type Project } from '../google/resource-manager';
import { getService, getServicePolicy, originsOf, type Service } from '../google/run';
import { listJobs, shortName, type Job, type Location } from '../google/scheduler';
import { isEnabled } from '../google/service-usage';
import { attemptsOf, type Attempt } from '../jobs/attempts';
import { configuredWorkerUrl, tableJobs, type TableJob } from '../jobs/table';

/** The outcome of a read: a value, nothing because it does not exist, or why it could not be read. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly error: Failed };

/** A job of the table, and what is known about the live one. */
export interface JobSnapshot {
  readonly table: TableJob;
  readonly live: Job | undefined;
  /** Its last failed and last successful attempt in the log of the last 30 days. */
  readonly lastFailure: Reading<Attempt>;
  readonly lastSuccess: Reading<Attempt>;
}

/** Everything that the checks look at, as read at one time. */
export interface Snapshot {
  readonly stage: StageName;
  readonly location: Location;
  readonly now: Date;
  readonly project: Reading<Project>;
  readonly projectPolicy: Reading<Policy>;
  /** Whether each service is enabled. */
  readonly apis: readonly (readonly [service: string, enabled: Reading<boolean>])[];
  readonly workerName: string;
  readonly worker: Reading<Service>;
  readonly workerPolicy: Reading<Policy>;
  /** The origin that the jobs must target, if known. */
  readonly workerUrl: string | undefined;
  readonly webName: string;
  readonly web: Reading<Service>;
  readonly accountEmail: string;
  readonly account: Reading<ServiceAccount>;
  /** All jobs in the location. */
  readonly liveJobs: Reading<readonly Job[]>;
  readonly jobs: readonly JobSnapshot[];
  readonly alertPolicies: Reading<readonly AlertPolicy[]>;
}

const LOG_RANGE = 30 * 86_400_000;

/** Reads everything in parallel. What cannot be read is recorded as unknown, with the error. */
export async function takeSnapshot(context: Context, stage: StageName): Promise<Snapshot> {
  const { client, location, settings } = context;
  const { project } = location;
  const workerName = workerServiceName(settings.appName, stage);
  const webName = webServiceName(settings.appName, stage);
  const accountEmail = serviceAccountEmail(settings.appName, stage, project);
  // All in one Promise.all, so that no read is left unawaited when Ctrl-C ends another.
  const [
    projectReading,
    projectPolicy,
    apis,
    worker,
    workerPolicy,
    web,
    account,
    jobs,
    alertPolicies,
  ] = await Promise.all([
    readingOf(getProject(client, project)),
    readingOf(getProjectPolicy(client, project)),
    Promise.all(
      PROJECT_APIS.map(
        async (api) => [serviceOf(api), await readingOf(isEnabled(client, project, api))] as const,
      ),
    ),
    readingOf(getService(client, location, workerName)),
    readingOf(getServicePolicy(client, location, workerName)),
    readingOf(getService(client, location, webName)),
    readingOf(getServiceAccount(client, project, accountEmail)),
    readingOf(listJobs(client, location)).then(async (liveJobs) => ({
      liveJobs,
      jobs: await snapshotJobs(context, stage, liveJobs),
    })),
    readingOf(listAlertPolicies(client, project)),
  ]);
  return {
    ...{ stage, location, project: projectReading, projectPolicy, apis },
    ...{ workerName, worker, workerPolicy, webName, web, accountEmail, account },
    workerUrl: configuredWorkerUrl(stage) ?? valueOf(worker)?.uri,
    ...jobs,
    alertPolicies,
    now: client.now(),
  };
}

export function valueOf<T>(reading: Reading<T>): T | undefined {
  return reading.kind === 'value' ? reading.value : undefined;
}

/** The origins that a service serves; none when it could not be read. */
export function originsIn(reading: Reading<Service>): readonly string[] {
  return reading.kind === 'value' ? originsOf(reading.value) : [];
}

async function snapshotJobs(
  context: Context,
  stage: StageName,
  liveJobs: Reading<readonly Job[]>,
): Promise<JobSnapshot[]> {
  const { client, location, settings } = context;
  const byName = new Map((valueOf(liveJobs) ?? []).map((job) => [shortName(job), job]));
  return Promise.all(
    tableJobs(settings, location, [stage]).map(async (table) => {
      const live = byName.get(table.name);
      // When the last attempt succeeded, the job itself has all that the checks need.
      if (!live?.status?.code) {
        return { table, live, lastFailure: ABSENT, lastSuccess: ABSENT };
      }
      const since = new Date(client.now().getTime() - LOG_RANGE);
      const [lastFailure, lastSuccess] = await Promise.all(
        (['failed', 'succeeded'] as const).map((kind) =>
          readingOf(lastAttempt(client, location, table.name, since, kind)).then(asAttempt),
        ),
      );
      return {
        table,
        live,
        lastFailure: lastFailure ?? ABSENT,
        lastSuccess: lastSuccess ?? ABSENT,
      };
    }),
  );
}

function asAttempt(reading: Reading<Awaited<ReturnType<typeof lastAttempt>>>): Reading<Attempt> {
  if (reading.kind !== 'value') return reading;
  const [attempt] = attemptsOf(reading.value === undefined ? [] : [reading.value]);
  return attempt === undefined ? ABSENT : { kind: 'value', value: attempt };
}

const ABSENT = { kind: 'absent' } as const;

async function readingOf<T>(read: Promise<T>): Promise<Reading<T>> {
  try {
    return { kind: 'value', value: await read };
  } catch (error) {
    if (error instanceof GoogleError && error.httpStatus === 404) return ABSENT;
    if (error instanceof Failed && !(error instanceof Interrupted))
      return { kind: 'unknown', error };
    throw error;
  }
}
