import { formatDuration } from '../../constructs/core/format-duration';
import { latencyOf } from '../../page/week/statistics';
import { attemptsOf, isRunning, type Attempt } from './attempts';
import type { Context } from '../context';
import { secondsAfter, secondsBefore } from '../durations';
import { Failed, Interrupted } from '../errors';
import { listEntries } from '../google/logging';
import { sleep } from '../google/retry';
import { describeLocation, runJob, type Job } from '../google/scheduler';
import { withProgress } from '../progress';
import { note, warn } from '../terminal';
import { deadlineSecondsOf } from './last-run';
import type { Result } from './result';
import type { TableJob } from './table';
import { recipe } from '../fixes/fix';

interface Outcome {
  readonly result: Result;
  readonly latencySeconds: number | undefined;
  /** Google's description of a failure. */
  readonly debugInfo: string;
  /** When the attempt started and ended, as far as the log says. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

/** The outcome of a run that was started here. */
export interface RunOutcome extends Outcome {
  /** Whether another run was under way. */
  readonly isOverlapping: boolean;
}

/** Milliseconds; doubles each time: most runs are short, and Cloud Logging allows 60 reads a minute. */
const FIRST_POLL = 100;
const LONGEST_POLL = 2000;

/** How long the log may lag behind. */
export const LOG_DELAY_SECONDS = 60;

/** Runs a job now, and waits for the result of that attempt. */
export async function runAndWait(context: Context, job: TableJob, live: Job): Promise<RunOutcome> {
  const { client, location, terminal } = context;
  const deadlineSeconds = deadlineSecondsOf(live);
  const since = secondsBefore(client.now(), deadlineSeconds);
  const before = await readAttempts(context, job, since);
  const isOverlapping = before.some((attempt) => isRunning(attempt, client.now(), deadlineSeconds));
  if (isOverlapping) {
    warn(terminal, job.name, 'a run is already in progress; the new one overlaps it.');
  }
  await runJob(client, location, job.name);
  note(
    terminal,
    `Started ${job.name} in ${describeLocation(location)}. Ctrl-C stops waiting, not the job.`,
  );
  const outcome = await withProgress(terminal, 'Waiting for its result …', () =>
    waitForOutcome(context, job, { before, since, deadlineSeconds }),
  );
  return { ...outcome, isOverlapping };
}

/** A job's attempts in the log since a time. */
async function readAttempts(
  { client, location }: Context,
  job: TableJob,
  since: Date,
): Promise<Attempt[]> {
  return attemptsOf(await listEntries(client, location, [job.name], since));
}

/**
 * Waits for the end of the attempt that was just started, the first one after those before. Reads the log, because the job's `status`
 * does not say which attempt it belongs to, and keeps the previous one while the next is running.
 */
async function waitForOutcome(
  context: Context,
  job: TableJob,
  known: {
    readonly before: readonly Attempt[];
    readonly since: Date;
    readonly deadlineSeconds: number;
  },
): Promise<Outcome> {
  const end = secondsAfter(new Date(), known.deadlineSeconds + LOG_DELAY_SECONDS);
  try {
    for (let wait = FIRST_POLL; new Date() < end; wait = Math.min(wait * 2, LONGEST_POLL)) {
      const outcome = outcomeInLog(await readAttempts(context, job, known.since), known.before);
      if (outcome !== undefined) return outcome;
      await sleep(wait, context.signal);
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(
      `Interrupted. ${job.name} keeps running. To see its result: just gcp-scheduler-logs ${job.name}`,
    );
  }
  throw new Failed(
    `${job.name}: no result in the log a minute after the deadline ` +
      `(${formatDuration(known.deadlineSeconds)}). The log may be routed elsewhere.`,
    recipe('list', job.stage),
  );
}

/**
 * How the first attempt after the known ones ended. The log cannot tell overlapping attempts apart:
 * it then waits until all have ended, and reports one that failed, if any.
 */
function outcomeInLog(
  attempts: readonly Attempt[],
  before: readonly Attempt[],
): Outcome | undefined {
  const ours = attempts[before.length];
  if (ours === undefined) return undefined;
  const candidates = attempts
    .slice(0, before.length + 1)
    .filter((_, index) => before[index]?.finishedAt === undefined);
  if (candidates.some((attempt) => attempt.finishedAt === undefined)) return undefined;
  const decisive = candidates.find((candidate) => candidate.result?.ok === false) ?? ours;
  const { result, debugInfo } = decisive;
  return (
    result && {
      ...{ result, debugInfo, latencySeconds: latencyOf(decisive) },
      ...{ from: decisive.startedAt, to: decisive.finishedAt },
    }
  );
}
