import { originOf } from '../../constructs/core/uri';
import { shortName } from '../google/scheduler';
import { reporter, type CheckResult } from './check-result';
import { originsIn, valueOf, type Snapshot } from './snapshot';
import { gcloud } from '../fixes/fix';

/** Whether jobs that are not in the table target the worker. */
export function checkUnmanagedJobs(snapshot: Snapshot): CheckResult[] {
  const { liveJobs, jobs, workerName, location, worker, workerUrl } = snapshot;
  const known = new Set(jobs.map(({ table }) => table.name));
  const origins = [...originsIn(worker), workerUrl];
  const unmanaged = (valueOf(liveJobs) ?? [])
    .filter((job) => !known.has(shortName(job)))
    .filter(({ httpTarget }) => origins.includes(originOf(httpTarget?.uri ?? '')))
    .map(shortName);
  if (unmanaged.length === 0) return [reporter('unmanaged-jobs', workerName).ok('none')];
  return unmanaged.map((name) =>
    reporter('unmanaged-jobs', name).failure(
      `targets ${workerName}, but is not in the table of jobs`,
      gcloud(
        ...['scheduler', 'jobs', 'delete', name],
        ...[`--location=${location.region}`, `--project=${location.project}`],
      ),
    ),
  );
}
