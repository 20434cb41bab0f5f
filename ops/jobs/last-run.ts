import type { Context } from '../context';
import { secondsBefore, secondsBetween, secondsOf } from '../durations';
import { Failed, orFailed } from '../errors';
import { listEntries } from '../google/logging';
import { shortName, type Job } from '../google/scheduler';
import { attemptsOf, isRunning } from './attempts';
import { resultOfCode, type Result } from './result';

/** The longest time that one attempt may take; 180 s when the API leaves it out. */
export function deadlineSecondsOf({ attemptDeadline }: Pick<Job, 'attemptDeadline'>): number {
  return secondsOf(attemptDeadline) ?? 180;
}

/** How a job's last attempt ended, as the job says; undefined if it never ran. */
export function lastResultOf({ lastAttemptTime, status }: Job): Result | undefined {
  const { code = 0 } = status ?? {};
  // Since 2026, the API reports a job that never ran as -1.
  return lastAttemptTime === undefined || code === NEVER_RAN ? undefined : resultOfCode(code);
}

const NEVER_RAN = -1;

/** The jobs with a run under way, as far as it could be found out. */
export interface UnderWay {
  /** When the run started, by the job's name. */
  readonly since: ReadonlyMap<string, Date>;
  /** Why the log could not be read. */
  readonly problem: string | undefined;
}

/**
 * Finds the jobs with a run under way. The API does not say: `lastAttemptTime` is that of the run, but
 * `status` still that of the one before. So the log is read, once, and only if a run can be under way.
 */
export async function findUnderWay(
  { client, location }: Context,
  jobs: readonly Job[],
): Promise<UnderWay> {
  const now = client.now();
  const recent = jobs.filter(
    (job) =>
      secondsBetween(new Date(job.lastAttemptTime ?? NaN), now) <=
      deadlineSecondsOf(job) + CLOCK_SKEW_SECONDS,
  );
  const since = new Map<string, Date>();
  if (recent.length === 0) return { since, problem: undefined };
  // An earlier run may go on beside the last one.
  const longest = Math.max(...recent.map(deadlineSecondsOf));
  const from = secondsBefore(now, longest + CLOCK_SKEW_SECONDS);
  const entries = await orFailed(listEntries(client, location, recent.map(shortName), from));
  if (entries instanceof Failed) return { since, problem: entries.message };
  for (const job of recent) {
    const name = shortName(job);
    const own = entries.filter(({ resource }) => resource?.labels?.job_id === name);
    const running = attemptsOf(own).find((each) => isRunning(each, now, deadlineSecondsOf(job)));
    if (running?.startedAt !== undefined) since.set(name, running.startedAt);
  }
  return { since, problem: undefined };
}

/** How far the clocks of the job and of the log may differ. */
const CLOCK_SKEW_SECONDS = 5;
