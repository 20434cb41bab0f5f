import { PROJECT_APIS, serviceOf } from '../../stages/apis';
import { serviceAccountEmail, webServiceName, workerServiceName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed } from '../errors';
import { GoogleError } from '../google/error';
import { getServiceAccount, type ServiceAccount } from '../google/iam';
import { lastAttempt, listLatestEntries } from '../google/logging';
import { listAlertPolicies, type AlertPolicy } from '../google/monitoring';
import type { Policy } from '../google/policy';
import { getProject, getProjectPolicy, type Project } from '../google/resource-manager';
import { getService, getServicePolicy, originsOf, type Service } from '../google/run';
import { listJobs, shortName, type Job, type Location } from '../google/scheduler';
import { isEnabled } from '../google/service-usage';
import { attemptsOf, type Attempt } from '../jobs/attempts';
import { deadlineOf, findUnderWay, lastResultOf } from '../jobs/last-run';
import { isExplainedByLog } from '../jobs/explain';
import { readWorkerLog, type WorkerLog } from '../jobs/worker-log';
import { readNotes } from '../pauses/keep';
import type { KeptNote } from '../pauses/note';
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
  /** What the worker logged of the last failed attempt, if that can explain it. */
  readonly workerLog?: WorkerLog | undefined;
  /** When the run under way started, if there is one. */
  readonly runningSince?: Date | undefined;
  /** Its latest attempts in the log of the last 30 days. @default - not read */
  readonly recent?: Reading<RecentAttempts>;
}

/** A bounded part of the log of a job. */
export interface RecentAttempts {
  readonly attempts: readonly Attempt[];
  /** From when on the log was read. */
  readonly since: Date;
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
  /** Who paused or resumed jobs, by their names. @default - not read */
  readonly notes?: Reading<ReadonlyMap<string, KeptNote>>;
}

const LOG_RANGE = 30 * 86_400_000;

/** What all stages share. */
type Shared = Pick<
  Snapshot,
  'location' | 'project' | 'projectPolicy' | 'apis' | 'alertPolicies' | 'notes' | 'liveJobs'
>;

/**
 * Reads everything in parallel, and once what all stages share. What cannot be read is recorded as
 * unknown, with the error.
 */
export async function takeSnapshots(
  context: Context,
  stages: readonly StageName[],
): Promise<Snapshot[]> {
  const { client, location } = context;
  const { project } = location;
  // All in one Promise.all, so that no read is left unawaited when Ctrl-C ends another.
  const [projectReading, projectPolicy, apis, alertPolicies, notes, [liveJobs, jobs], ...parts] =
    await Promise.all([
      readingOf(getProject(client, project)),
      readingOf(getProjectPolicy(client, project)),
      Promise.all(
        PROJECT_APIS.map(
          async (api) =>
            [serviceOf(api), await readingOf(isEnabled(client, project, api))] as const,
        ),
      ),
      readingOf(listAlertPolicies(client, project)),
      readingOf(readNotes(context)),
      readingOf(listJobs(client, location)).then(
        async (reading) => [reading, await snapshotJobs(context, stages, reading)] as const,
      ),
      ...stages.map((stage) => readStage(context, stage)),
    ]);
  const shared: Shared = {
    ...{ location, project: projectReading, projectPolicy, apis, alertPolicies, notes, liveJobs },
  };
  const now = client.now();
  return parts.map((part) => ({
    ...shared,
    ...part,
    jobs: jobs.filter(({ table }) => table.stage === part.stage),
    now,
  }));
}

async function readStage(
  { client, location, settings }: Context,
  stage: StageName,
): Promise<Omit<Snapshot, keyof Shared | 'jobs' | 'now'>> {
  const workerName = workerServiceName(settings.appName, stage);
  const webName = webServiceName(settings.appName, stage);
  const accountEmail = serviceAccountEmail(settings.appName, stage, location.project);
  const [worker, workerPolicy, web, account] = await Promise.all([
    readingOf(getService(client, location, workerName)),
    readingOf(getServicePolicy(client, location, workerName)),
    readingOf(getService(client, location, webName)),
    readingOf(getServiceAccount(client, location.project, accountEmail)),
  ]);
  const workerUrl = configuredWorkerUrl(stage) ?? valueOf(worker)?.uri;
  return {
    stage,
    workerName,
    worker,
    workerPolicy,
    workerUrl,
    webName,
    web,
    accountEmail,
    account,
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
  stages: readonly StageName[],
  liveJobs: Reading<readonly Job[]>,
): Promise<JobSnapshot[]> {
  const { location, settings } = context;
  const byName = new Map((valueOf(liveJobs) ?? []).map((job) => [shortName(job), job]));
  const jobs = tableJobs(settings, location, stages).map((table) => ({
    table,
    live: byName.get(table.name),
  }));
  const running = await findUnderWay(
    context,
    jobs.flatMap(({ live }) => live ?? []),
  );
  return Promise.all(
    jobs.map(async ({ table, live }) => ({
      table,
      live,
      runningSince: running.since.get(table.name),
      ...(await readLastAttempts(context, table, live)),
      recent: await readRecent(context, live),
    })),
  );
}

/** One page: Cloud Logging allows few reads a minute. */
async function readRecent(
  { client, location }: Context,
  live: Job | undefined,
): Promise<Reading<RecentAttempts>> {
  if (live?.lastAttemptTime === undefined) return ABSENT;
  const since = new Date(client.now().getTime() - LOG_RANGE);
  const read = listLatestEntries(client, location, [shortName(live)], since, 1);
  const reading = await readingOf(read);
  if (reading.kind !== 'value') return reading;
  const { entries, isComplete } = reading.value;
  const [first] = entries;
  const from = isComplete || first === undefined ? since : new Date(first.timestamp);
  return { kind: 'value', value: { attempts: attemptsOf(entries), since: from } };
}

/** From the log; unless the last attempt failed, the job itself has all that the checks need. */
async function readLastAttempts(
  context: Context,
  table: TableJob,
  live: Job | undefined,
): Promise<Pick<JobSnapshot, 'lastFailure' | 'lastSuccess' | 'workerLog'>> {
  const { client, location } = context;
  const fromJob = live && lastResultOf(live);
  if (live === undefined || fromJob?.ok !== false) {
    return { lastFailure: ABSENT, lastSuccess: ABSENT };
  }
  const since = new Date(client.now().getTime() - LOG_RANGE);
  const read = async (kind: 'failed' | 'succeeded'): Promise<Reading<Attempt>> =>
    asAttempt(await readingOf(lastAttempt(client, location, shortName(live), since, kind)));
  const [lastFailure, lastSuccess] = await Promise.all([read('failed'), read('succeeded')]);
  const failure = valueOf(lastFailure);
  const result = failure?.result ?? fromJob;
  if (!isExplainedByLog(result)) return { lastFailure, lastSuccess };
  const from = new Date(live.lastAttemptTime ?? 0);
  const to = failure?.finishedAt ?? new Date(from.getTime() + deadlineOf(live));
  const { httpStatus } = result;
  const workerLog = await readWorkerLog(context, table, { from, to, httpStatus });
  return { lastFailure, lastSuccess, workerLog };
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
    if (error instanceof Failed) return { kind: 'unknown', error };
    throw error;
  }
}
