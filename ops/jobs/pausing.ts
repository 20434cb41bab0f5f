import type { Context } from '../context';
import { Failed } from '../errors';
import { pauseJob, resumeJob, shortName, type Job } from '../google/scheduler';

/**
 * Pauses or resumes a job, unless it is so already; the API refuses that.
 *
 * @returns whether it was changed
 */
export async function setPaused(
  { client, location }: Context,
  live: Job,
  paused: boolean,
): Promise<boolean> {
  const name = shortName(live);
  if (live.state === (paused ? 'PAUSED' : 'ENABLED')) return false;
  if (live.state === 'UPDATE_FAILED' || live.state === 'DISABLED') {
    throw new Failed(
      `${name} is in the state ${live.state}, in which it cannot be ${paused ? 'paused' : 'resumed'}.`,
      'deploy the stage with just gcp-scheduler-setup',
    );
  }
  await (paused ? pauseJob : resumeJob)(client, location, name);
  return true;
}
