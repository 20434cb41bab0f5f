import { originOf } from '../../constructs/core/uri';
import { describeDifference, differences, isHiddenFromTerraform } from '../jobs/compare';
import { recoverFromFailedUpdate, updateToMatch } from '../jobs/gcloud';
import type { Job } from '../google/scheduler';
import { setupFix } from '../jobs/setup-fix';
import { reporter, type CheckResult } from './check-result';
import { originsIn, type Snapshot, type JobSnapshot } from './snapshot';
import { recipe, type Fix } from '../fixes/fix';

/** Whether a job exists, is enabled, matches the table and targets the worker. */
export function checkJobState(
  snapshot: Snapshot,
  job: JobSnapshot,
  timeZone: string,
): CheckResult[] {
  const { table, live } = job;
  const setup = recipe('setup', snapshot.stage);
  const existence = reporter('job-exists', table.name);
  if (live === undefined) return [existence.failure('the job does not exist', setup)];
  return [
    existence.ok('exists'),
    checkEnabled(snapshot, job),
    checkPaused(job),
    checkDrift(snapshot, job, live, timeZone),
    checkTarget(snapshot, job, setup),
  ];
}

function checkEnabled({ location }: Snapshot, { table, live }: JobSnapshot): CheckResult {
  const report = reporter('job-enabled', table.name);
  const state = live?.state ?? 'ENABLED';
  if (state === 'ENABLED' || state === 'PAUSED') return report.ok(state.toLowerCase());
  return report.failure(
    `the job's state is ${state}, so it does not run`,
    recoverFromFailedUpdate(location, table.name, table.schedule),
  );
}

function checkPaused({ table, live }: JobSnapshot): CheckResult {
  const report = reporter('job-paused', table.name);
  if (live?.state !== 'PAUSED') return report.ok('not paused');
  if (table.paused === true) return report.ok('paused by the table');
  return report.failure(
    'the job is paused, but the table does not pause it',
    recipe('resume', table.name),
  );
}

function checkDrift(
  { workerUrl, location }: Snapshot,
  { table }: JobSnapshot,
  live: Job,
  timeZone: string,
): CheckResult {
  const report = reporter('job-drift', table.name);
  const found = differences(live, table, workerUrl);
  const origin = workerUrl ?? originOf(live.httpTarget?.uri ?? '');
  if (found.length > 0 && found.every(isHiddenFromTerraform)) {
    return report.failure(
      `${found.map(describeDifference).join('; ')}; Terraform does not see that`,
      updateToMatch(location, table, origin, found),
    );
  }
  if (found.length > 0) {
    const { fix, caveat } = setupFix(table, live, timeZone, found);
    return report.failure(`${found.map(describeDifference).join('; ')}${caveat}`, fix);
  }
  return workerUrl === undefined
    ? report.warning(
        'matches the table, but the target was not compared: the URL of the worker is unknown',
      )
    : report.ok('matches the table');
}

function checkTarget(snapshot: Snapshot, { table, live }: JobSnapshot, setup: Fix): CheckResult {
  const report = reporter('job-target', table.name);
  const origin = originOf(live?.httpTarget?.uri ?? '');
  const origins = [...originsIn(snapshot.worker), snapshot.workerUrl];
  if (origins.includes(origin)) return report.ok(origin);
  if (originsIn(snapshot.web).includes(origin)) {
    return report.failure(`targets ${snapshot.webName}, which returns 404`, setup);
  }
  if (snapshot.workerUrl === undefined) {
    return report.warning(`cannot tell whether ${origin} is the worker: its URL is unknown`);
  }
  return report.failure(`targets ${origin || 'no URL'} instead of ${snapshot.workerName}`, setup);
}
