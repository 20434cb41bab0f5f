import { adoptFix, unmanagedJobs } from '../jobs/unmanaged';
import type { Settings } from '../../stages/settings';
import { found, ok, type CheckResult } from './check-result';
import { valueOf } from '../google/reading';
import { originsIn, type Snapshot } from './snapshot';

/**
 * Whether jobs that are not in the table target the worker: a warning, since they may be somebody else's, or
 * the app's own.
 */
export function checkUnmanagedJobs(snapshot: Snapshot, settings: Settings): CheckResult[] {
  const { stage, location, workerName, worker, workerUrl } = snapshot;
  const check = 'unmanaged-jobs';
  const live = valueOf(snapshot.liveJobs) ?? [];
  const origins = [...originsIn(worker), workerUrl];
  const jobs = unmanagedJobs(settings, location, stage, live, origins);
  if (jobs.length === 0) return [ok(check, workerName, 'none')];
  return jobs.map((job) => {
    if (job.reason !== undefined) return ok(check, job.name, `left to others: ${job.reason}`);
    const cause = `targets ${workerName}, but is not in the table of jobs`;
    return found('job-unmanaged', job.name, cause, adoptFix(job, stage));
  });
}
