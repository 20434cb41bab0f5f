import { adoptFix, unmanagedJobs } from '../jobs/unmanaged';
import type { Settings } from '../../stages/settings';
import { reporter, type CheckResult } from './check-result';
import { originsIn, valueOf, type Snapshot } from './snapshot';

/**
 * Whether jobs that are not in the table target the worker: a warning, since they may be somebody else's, or
 * the app's own.
 */
export function checkUnmanagedJobs(snapshot: Snapshot, settings: Settings): CheckResult[] {
  const { stage, location, workerName, worker, workerUrl } = snapshot;
  const jobs = valueOf(snapshot.liveJobs) ?? [];
  const found = unmanagedJobs(settings, location, stage, jobs, [...originsIn(worker), workerUrl]);
  if (found.length === 0) return [reporter('unmanaged-jobs', workerName).ok('none')];
  return found.map((job) => {
    const report = reporter('unmanaged-jobs', job.name);
    if (job.reason !== undefined) return report.ok(`left to others: ${job.reason}`);
    return report.warning(
      `targets ${workerName}, but is not in the table of jobs`,
      adoptFix(job, stage),
    );
  });
}
