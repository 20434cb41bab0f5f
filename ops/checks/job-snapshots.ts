import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { DAY_SECONDS, secondsAfter, secondsBefore } from '../durations';
import { lastSuccess, listLatestEntries } from '../google/logging';
import { ABSENT, readingOf, valueOf, type Reading } from '../google/reading';
import { shortName, type Job } from '../google/scheduler';
import { attemptsOf, type Attempt } from '../jobs/attempts';
import { deadlineSecondsOf, findUnderWay, lastResultOf } from '../jobs/last-run';
import { isExplainedByLog } from '../jobs/explain';
import { readWorkerLog, type WorkerLog } from '../jobs/worker-log';
import { tableJobs, type TableJob } from '../jobs/table';

/** A job of the table, and what is known about the live one. */
export interface JobSnapshot {
  readonly table: TableJob;
  readonly live: Job | undefined;
  /** The last failed attempt in the log; only looked for if the last attempt failed. */
  readonly lastFailure?: Attempt | undefined;
  /** The last success in the log of the last 30 days; only read if the last attempt failed. */
  readonly lastSuccess: Reading<Attempt | undefined>;
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

const LOG_RANGE_SECONDS = 30 * DAY_SECONDS;

/** The jobs of the table, and what is known about them. */
export async function snapshotJobs(
  context: Context,
  stages: readonly StageName[],
  liveJobs: Reading<readonly Job[]>,
): Promise<JobSnapshot[]> {
  const byName = new Map((valueOf(liveJobs) ?? []).map((job) => [shortName(job), job]));
  const jobs = tableJobs(context, stages).map((table) => ({
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
      ...(await readLog(context, table, live)),
    })),
  );
}

type FromLog = Pick<JobSnapshot, 'recent' | 'lastFailure' | 'lastSuccess' | 'workerLog'>;

/** What the log says of a job: one page of it, as Cloud Logging allows few reads a minute. */
async function readLog(context: Context, table: TableJob, live: Job | undefined): Promise<FromLog> {
  if (live?.lastAttemptTime === undefined) return { lastSuccess: ABSENT };
  const since = secondsBefore(context.client.now(), LOG_RANGE_SECONDS);
  const recent = await readingOf(readRecent(context, table, since));
  const fromJob = lastResultOf(live);
  // Unless the last attempt failed, the job itself has all that the checks need.
  if (fromJob?.ok !== false) return { recent, lastSuccess: ABSENT };
  const lastFailure = valueOf(recent)?.attempts.findLast(({ result }) => result?.ok === false);
  const result = lastFailure?.result ?? fromJob;
  const from = new Date(live.lastAttemptTime);
  const to = lastFailure?.finishedAt ?? secondsAfter(from, deadlineSecondsOf(live));
  const { httpStatus } = result;
  return {
    recent,
    lastFailure,
    lastSuccess:
      recent.kind === 'value'
        ? await readingOf(readLastSuccess(context, table, recent.value, since))
        : recent,
    ...(isExplainedByLog(result) && {
      workerLog: await readWorkerLog(context, table, { from, to, httpStatus }),
    }),
  };
}

async function readRecent(
  { client, location }: Context,
  { name }: TableJob,
  since: Date,
): Promise<RecentAttempts> {
  const { entries, isComplete } = await listLatestEntries(client, location, [name], since, 1);
  const [first] = entries;
  const from = isComplete || first === undefined ? since : new Date(first.timestamp);
  return { attempts: attemptsOf(entries), since: from };
}

/** It is mostly among the recent ones; a job that has failed for long takes a read more. */
async function readLastSuccess(
  { client, location }: Context,
  { name }: TableJob,
  recent: RecentAttempts,
  since: Date,
): Promise<Attempt | undefined> {
  const known = recent.attempts.findLast(({ result }) => result?.ok === true);
  if (known !== undefined || recent.since <= since) return known;
  return attemptsOf(await lastSuccess(client, location, name, since))[0];
}
