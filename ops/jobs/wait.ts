import { attemptsOf, latencyOf, type Attempt } from './attempts';
import type { Context } from '../context';
import { durationInWords } from '../durations';
import { Failed, Interrupted } from '../errors';
import { listEntries } from '../google/logging';
import { pause } from '../google/retry';
import type { Result } from './result';
import type { TableJob } from './table';

/** What was known before a job was run. */
export interface Before {
  /** The attempts in the log since `since`. */
  readonly before: readonly Attempt[];
  readonly since: Date;
  /** Of one attempt, in milliseconds. */
  readonly deadline: number;
}

export interface Outcome {
  readonly result: Result;
  /** Milliseconds. */
  readonly latency: number | undefined;
  /** Google's words on a failure. */
  readonly debugInfo: string;
}

/** In milliseconds, growing: most runs are short, and Cloud Logging takes 60 reads a minute. */
const FIRST_POLL = 100;
const LONGEST_POLL = 2000;

/** How long the log may lag behind, in milliseconds. */
const SLACK = 60_000;

/** A job's attempts in the log since an instant. */
export async function readAttempts(
  { client, location }: Context,
  job: TableJob,
  since: Date,
): Promise<Attempt[]> {
  return attemptsOf(await listEntries(client, location, job.name, since));
}

/**
 * Waits for the end of the attempt that was just asked for. By the log: the job's own `status` says
 * not which attempt it is of, and stays the last one's while the next is under way.
 */
export async function waitForOutcome(
  context: Context,
  job: TableJob,
  known: Before,
): Promise<Outcome> {
  const started = Date.now();
  try {
    for (
      let wait = FIRST_POLL;
      Date.now() - started < known.deadline + SLACK;
      wait = Math.min(wait * 2, LONGEST_POLL)
    ) {
      const outcome = outcomeInLog(await readAttempts(context, job, known.since), known.before);
      if (outcome !== undefined) return outcome;
      await pause(wait, context.signal);
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(
      `Interrupted. ${job.name} goes on; for its result: just gcp-scheduler-logs ${job.name}`,
    );
  }
  throw new Failed(
    `${job.name}: the log has no result after its deadline of ${durationInWords(known.deadline)} and a ` +
      'minute. It may be routed elsewhere.',
    `just gcp-scheduler-doctor ${job.stage}`,
  );
}

/**
 * How the first attempt after the known ones ended. The log does not tell overlapping attempts
 * apart: then all must have ended, and one that failed counts.
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
  const telling = candidates.find((candidate) => candidate.result?.ok === false) ?? ours;
  const { result, debugInfo } = telling;
  return result && { result, debugInfo, latency: latencyOf(telling) };
}
