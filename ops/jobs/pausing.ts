import type { Context } from '../context';
import { Failed } from '../errors';
import { recoverFromFailedUpdate } from './gcloud';
import { pauseJob, resumeJob, shortName, type Job } from '../google/scheduler';

/**
 * Pauses or resumes a job, unless it already is, which the API rejects.
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
      `${name} cannot be ${paused ? 'paused' : 'resumed'} in state ${live.state}.`,
      recoverFromFailedUpdate(location, name, live.schedule ?? ''),
    );
  }
  await (paused ? pauseJob : resumeJob)(client, location, name);
  return true;
}
