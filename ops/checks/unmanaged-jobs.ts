import { adoptFix, unmanagedJobs, type UnmanagedJob } from '../jobs/unmanaged';
import { found, ok, type CheckResult } from './check-result';
import { valueOf } from '../google/reading';
import { originsIn, type Snapshot } from './snapshot';

/** The jobs that call the stage's worker, and are in no stage's table. */
export function unmanagedIn(snapshot: Snapshot): UnmanagedJob[] {
  const { stage, worker, workerUrl, liveJobs } = snapshot;
  const origins = [...originsIn(worker), workerUrl];
  return unmanagedJobs(snapshot, stage, valueOf(liveJobs) ?? [], origins);
}

/**
 * Whether jobs that are not in the table target the worker: a warning, since they may be somebody else's, or
 * the app's own.
 */
export function checkUnmanagedJobs(snapshot: Snapshot): CheckResult[] {
  const { stage, workerName } = snapshot;
  const check = 'unmanaged-jobs';
  const jobs = unmanagedIn(snapshot);
  if (jobs.length === 0) return [ok(check, workerName, 'none')];
  return jobs.map((job) => {
    if (job.reason !== undefined) return ok(check, job.name, `left to others: ${job.reason}`);
    const cause = `targets ${workerName}, but is not in the table of jobs`;
    return found('job-unmanaged', job.name, cause, adoptFix(job, stage));
  });
}
