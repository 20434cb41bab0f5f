import type { StageName } from '../../stages/stages';
import { recipe } from '../fixes/fix';
import { renderFix } from '../fixes/render';
import { checkAccount } from './account';
import { checkApis } from './apis';
import { checkAppRecipe } from './app-recipe';
import { found, type CheckResult } from './check-result';
import { checkDuplicateAlerts } from './duplicate-alerts';
import { checkUnmanagedJobs } from './unmanaged-jobs';
import { checkInvoker, checkServiceAgent } from './grants';
import { checkHeadroom } from './headroom';
import { checkLastSuccess } from './last-success';
import { checkJobState } from './job-state';
import { checkJobAlerts } from './job-alerts';
import { checkLastAttempt } from './last-attempt';
import { checkProject } from './project';
import type { JobSnapshot } from './job-snapshots';
import type { Snapshot } from './snapshot';
import { checkWorker } from './worker';

export { checkInJson, type CheckResult } from './check-result';
export { takeSnapshots } from './snapshot';

/** A result, and the stage that it is about; none for the project, which all stages share. */
export type StageResult = CheckResult & { readonly stage?: StageName };

/** All results of some stages: those of the project once, then stage by stage as they are best fixed. */
export function checkAll(snapshots: readonly Snapshot[]): StageResult[] {
  const [first] = snapshots;
  if (first === undefined) return [];
  const shared = checkProject(first);
  // Without credentials, every other check fails the same way.
  if (shared.some(({ finding }) => finding === 'credentials-rejected')) return shared;
  shared.push(...checkApis(first), ...checkServiceAgent(first));
  const ofStages = snapshots.flatMap((snapshot) =>
    checkStage(snapshot, shared).map((result) => ({ ...result, stage: snapshot.stage })),
  );
  return [...shared, ...ofStages].map((result) => explainedByApi(result, shared));
}

/** What cannot be read as its API is disabled has the fix of that, and no other cause. */
function explainedByApi(result: StageResult, shared: readonly CheckResult[]): StageResult {
  const { finding, fix, causedBy } = result;
  if (finding === 'api-disabled' || fix === undefined || causedBy !== undefined) return result;
  const command = renderFix(fix);
  const api = shared.find(
    (each) => each.finding === 'api-disabled' && command.includes(` ${each.subject} `),
  );
  return api === undefined ? result : { ...result, causedBy: api };
}

function checkStage(snapshot: Snapshot, shared: readonly CheckResult[]): CheckResult[] {
  const worker = checkWorker(snapshot);
  const account = checkAccount(snapshot);
  if (isUndeployed(snapshot)) {
    const count = snapshot.jobs.length;
    const cause = `none of the ${count} jobs in the table exists`;
    const fix = recipe('setup', snapshot.stage);
    return [...worker, ...account, found('stage-undeployed', snapshot.stage, cause, fix)];
  }
  const needed = [...worker, ...account, ...checkInvoker(snapshot)];
  return [...needed, ...checkJobs(snapshot, [...shared, ...needed])];
}

/** A deploy makes all that depends on the jobs, so that nothing else is worth a line. */
function isUndeployed({ liveJobs, jobs }: Snapshot): boolean {
  return liveJobs.kind !== 'unknown' && jobs.every(({ live }) => live === undefined);
}

function checkJobs(snapshot: Snapshot, needed: readonly CheckResult[]): CheckResult[] {
  const { liveJobs, location } = snapshot;
  if (liveJobs.kind === 'unknown') {
    const { what, fix } = liveJobs.error;
    return [found('jobs-unreadable', location.region, what, fix)];
  }
  const app = checkAppRecipe(snapshot);
  return [
    ...app,
    ...snapshot.jobs.flatMap((job) => checkJob(snapshot, job, [...needed, ...app])),
    ...checkDuplicateAlerts(snapshot),
    ...checkUnmanagedJobs(snapshot),
  ];
}

function checkJob(
  snapshot: Snapshot,
  job: JobSnapshot,
  needed: readonly CheckResult[],
): CheckResult[] {
  const worker = needed.find(({ check, finding }) => check.startsWith('worker-') && finding);
  const recipe = needed.find(({ finding }) => finding === 'app-recipe-ran');
  const state = checkJobState(snapshot, job, worker).map((result) =>
    recipe !== undefined && result.finding === 'job-drifted'
      ? { ...result, causedBy: recipe }
      : result,
  );
  const attempt = checkLastAttempt(snapshot, job, [...needed, ...state]);
  const failing =
    attempt.find(({ status }) => status === 'failure') ??
    state.find(({ finding }) => finding === 'job-update-failed' || finding === 'job-disabled') ??
    (isRescheduled(snapshot, job)
      ? state.find(({ finding }) => finding === 'job-drifted')
      : undefined);
  const alerts = job.live === undefined ? [] : [checkJobAlerts(snapshot, job)];
  return [
    ...state,
    ...attempt,
    ...checkLastSuccess(snapshot, job, failing),
    ...checkHeadroom(snapshot, job),
    ...alerts,
  ];
}

/** Whether the live job runs at other times than the table says. */
function isRescheduled({ settings }: Snapshot, { table, live }: JobSnapshot): boolean {
  return live?.schedule !== table.schedule || live.timeZone !== settings.timeZone;
}
