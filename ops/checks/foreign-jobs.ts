import { originOf } from '../../constructs/core/uri';
import { shortName } from '../google/scheduler';
import { reporter, type CheckResult } from './check-result';
import { originsIn, valueOf, type Survey } from './survey';

/** Whether jobs that the table does not know aim at the worker. */
export function checkForeignJobs(survey: Survey): CheckResult[] {
  const { liveJobs, jobs, workerName, location, worker, workerUrl } = survey;
  const known = new Set(jobs.map(({ table }) => table.name));
  const origins = [...originsIn(worker), workerUrl];
  const foreign = (valueOf(liveJobs) ?? [])
    .filter((job) => !known.has(shortName(job)))
    .filter(({ httpTarget }) => origins.includes(originOf(httpTarget?.uri ?? '')))
    .map(shortName);
  if (foreign.length === 0) return [reporter('foreign-jobs', workerName).ok('none')];
  return foreign.map((name) =>
    reporter('foreign-jobs', name).failure(
      `it aims at ${workerName}, and the table does not know it`,
      `gcloud scheduler jobs delete ${name} --location=${location.region} --project=${location.project}`,
    ),
  );
}
