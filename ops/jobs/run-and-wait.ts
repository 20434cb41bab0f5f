import type { Context } from '../context';
import { secondsBefore } from '../durations';
import { describeLocation, runJob, type Job } from '../google/scheduler';
import { withProgress } from '../progress';
import { note, warn } from '../terminal';
import { isRunning } from './attempts';
import { deadlineSecondsOf } from './last-run';
import type { TableJob } from './table';
import { readAttempts, waitForOutcome, type Outcome } from './wait';

/** Runs a job now, and waits for the result of that attempt. */
export async function runAndWait(
  context: Context,
  job: TableJob,
  live: Job,
): Promise<{ readonly outcome: Outcome; readonly isOverlapping: boolean }> {
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
  return { outcome, isOverlapping };
}
