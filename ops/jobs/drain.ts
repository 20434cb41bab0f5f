import type { Context } from '../context';
import { Failed, Interrupted } from '../errors';
import { listJobs, shortName } from '../google/scheduler';
import { sleep } from '../google/retry';
import { findUnderWay } from './last-run';

/** Milliseconds between two looks; doubles each time. */
const FIRST_POLL = 250;
const LONGEST_POLL = 5000;

/**
 * Waits until no run of these jobs is under way, but not longer than the timeout.
 *
 * @returns the jobs whose run did not end in time
 * @throws Failed when the log, which alone tells, cannot be read
 */
export async function drain(
  context: Context,
  names: readonly string[],
  timeoutSeconds: number,
): Promise<string[]> {
  const end = Date.now() + timeoutSeconds * 1000;
  for (let poll = FIRST_POLL; ; poll = Math.min(poll * 2, LONGEST_POLL)) {
    const live = await listJobs(context.client, context.location);
    const jobs = live.filter((job) => names.includes(shortName(job)));
    const { since, problem } = await findUnderWay(context, jobs);
    if (problem !== undefined) {
      throw new Failed(`The jobs are paused, but whether one is running is unknown. ${problem}`);
    }
    const left = end - Date.now();
    if (since.size === 0 || left <= 0) return [...since.keys()];
    try {
      await sleep(Math.min(poll, left), context.signal);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      const running = [...since.keys()].join(', ');
      throw new Interrupted(`Interrupted. The jobs stay paused; still running: ${running}`);
    }
  }
}
