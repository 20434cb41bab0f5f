import type { Settings } from '../../stages/settings';
import { checkAccount } from './account';
import { checkApis } from './apis';
import { reporter, type CheckResult } from './check-result';
import { checkAppRecipe } from './app-recipe';
import { checkDuplicateAlerts } from './duplicate-alerts';
import { checkUnmanagedJobs } from './unmanaged-jobs';
import { checkInvoker, checkServiceAgent } from './grants';
import { checkLastSuccess } from './last-success';
import { checkJobState } from './job-state';
import { checkJobAlerts } from './job-alerts';
import { checkLastAttempt } from './last-attempt';
import { checkProject } from './project';
import type { Snapshot } from './snapshot';
import { checkWorker } from './worker';

export { checkInJson, type CheckResult } from './check-result';
export { takeSnapshot } from './snapshot';

/** All results, in the order in which they are best fixed. */
export function checkAll(snapshot: Snapshot, settings: Settings): CheckResult[] {
  const project = checkProject(snapshot);
  // Without credentials, every other check fails the same way.
  if (project.some(({ check, status }) => check === 'credentials' && status === 'failure')) {
    return project;
  }
  return [
    ...project,
    ...checkApis(snapshot),
    ...checkWorker(snapshot),
    ...checkAccount(snapshot),
    ...checkInvoker(snapshot),
    ...checkServiceAgent(snapshot),
    ...checkJobs(snapshot, settings),
  ];
}

function checkJobs(snapshot: Snapshot, settings: Settings): CheckResult[] {
  const { liveJobs, location } = snapshot;
  const { timeZone } = settings;
  if (liveJobs.kind === 'unknown') {
    const { what, fix } = liveJobs.error;
    return [reporter('jobs-listed', location.region).failure(what, fix)];
  }
  return [
    ...checkAppRecipe(snapshot),
    ...snapshot.jobs.flatMap((job) => [
      ...checkJobState(snapshot, job, timeZone),
      ...checkLastAttempt(snapshot, job),
      ...checkLastSuccess(snapshot, job, timeZone),
      ...checkJobAlerts(snapshot, job, timeZone),
    ]),
    ...checkDuplicateAlerts(snapshot),
    ...checkUnmanagedJobs(snapshot, settings),
  ];
}
