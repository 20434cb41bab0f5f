import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { DAY_SECONDS, secondsAfter, secondsBefore } from '../durations';
import { lastAttempt, listLatestEntries } from '../google/logging';
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

const LOG_RANGE_SECONDS = 30 * DAY_SECONDS;

/** The jobs of the table, and what is known about them. */
export async function snapshotJobs(
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
  const since = secondsBefore(client.now(), LOG_RANGE_SECONDS);
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
  const since = secondsBefore(client.now(), LOG_RANGE_SECONDS);
  const read = async (kind: 'failed' | 'succeeded'): Promise<Reading<Attempt>> =>
    asAttempt(await readingOf(lastAttempt(client, location, shortName(live), since, kind)));
  const [lastFailure, lastSuccess] = await Promise.all([read('failed'), read('succeeded')]);
  const failure = valueOf(lastFailure);
  const result = failure?.result ?? fromJob;
  if (!isExplainedByLog(result)) return { lastFailure, lastSuccess };
  const from = new Date(live.lastAttemptTime ?? 0);
  const to = failure?.finishedAt ?? secondsAfter(from, deadlineSecondsOf(live));
  const { httpStatus } = result;
  const workerLog = await readWorkerLog(context, table, { from, to, httpStatus });
  return { lastFailure, lastSuccess, workerLog };
}

function asAttempt(reading: Reading<Awaited<ReturnType<typeof lastAttempt>>>): Reading<Attempt> {
  if (reading.kind !== 'value') return reading;
  const [attempt] = attemptsOf(reading.value === undefined ? [] : [reading.value]);
  return attempt === undefined ? ABSENT : { kind: 'value', value: attempt };
}
