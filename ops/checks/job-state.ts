import { originOf } from '../../constructs/core/uri';
import { recipe, when } from '../fixes/fix';
import { describeDifference, differences, isHiddenFromTerraform } from '../jobs/compare';
import { recoverFromFailedUpdate, updateToMatch } from '../jobs/gcloud';
import type { Job } from '../google/scheduler';
import { formatTime } from '../jobs/format-time';
import { setupFix } from '../jobs/setup-fix';
import { noteOfPause } from '../pauses/keep';
import { describeNote } from '../pauses/note';
import { found, ok, type CheckResult } from './check-result';
import type { JobSnapshot } from './job-snapshots';
import { originsIn, type Snapshot } from './snapshot';

/** Whether a job exists, is enabled, matches the table and targets the worker. */
export function checkJobState(
  snapshot: Snapshot,
  job: JobSnapshot,
  worker: CheckResult | undefined,
): CheckResult[] {
  const { table, live } = job;
  if (live === undefined) {
    const fix = recipe('setup', snapshot.stage);
    return [found('job-missing', table.name, 'the job does not exist', fix)];
  }
  const drift = checkDrift(snapshot, job, live, worker);
  return [
    ok('job-exists', table.name, 'exists'),
    checkEnabled(snapshot, job, live),
    checkPaused(snapshot, job, live),
    drift,
    ...checkTarget(snapshot, job, live, drift),
  ];
}

function checkEnabled({ location }: Snapshot, { table }: JobSnapshot, live: Job): CheckResult {
  const { state = 'ENABLED' } = live;
  if (state === 'ENABLED' || state === 'PAUSED') {
    return ok('job-enabled', table.name, state.toLowerCase());
  }
  return found(
    state === 'DISABLED' ? 'job-disabled' : 'job-update-failed',
    table.name,
    `the job's state is ${state}, so it does not run`,
    recoverFromFailedUpdate(location, table.name, table.schedule),
  );
}

/** Someone paused it, and not the table. */
function isPausedByHand({ table, live }: JobSnapshot): boolean {
  return live?.state === 'PAUSED' && table.paused !== true;
}

function checkPaused(snapshot: Snapshot, job: JobSnapshot, live: Job): CheckResult {
  const { name } = job.table;
  if (live.state !== 'PAUSED') return ok('job-paused', name, 'not paused');
  if (!isPausedByHand(job)) return ok('job-paused', name, 'paused by the table');
  // resume-all resumes exactly these.
  const several = snapshot.jobs.filter(isPausedByHand).length > 1;
  const resume = several ? recipe('resume-all', snapshot.stage) : recipe('resume', name);
  const note = noteOfPause(snapshot.notes, live);
  if (note === undefined) {
    const cause = 'the job is paused, but the table does not pause it';
    return found('job-paused', name, cause, resume);
  }
  const paused = `paused ${describeNote(note, (at) => formatTime(snapshot.settings.timeZone, at))}`;
  return note.until <= snapshot.now
    ? found('job-pause-ended', name, `${paused}; that time has passed`, resume)
    : found('job-paused-until', name, paused, when('to end it earlier', resume));
}

function checkDrift(
  { workerUrl, settings, location }: Snapshot,
  { table }: JobSnapshot,
  live: Job,
  worker: CheckResult | undefined,
): CheckResult {
  const fields = differences(live, table, workerUrl);
  const text = fields.map(describeDifference).join('; ');
  if (fields.length > 0 && fields.every(isHiddenFromTerraform)) {
    const origin = workerUrl ?? originOf(live.httpTarget?.uri ?? '');
    const fix = updateToMatch(location, table, origin, fields);
    return found('job-drift-hidden', table.name, `${text}; Terraform does not see that`, fix);
  }
  if (fields.length > 0) {
    const { fix, caveat } = setupFix(table, live, settings.timeZone, fields);
    return found('job-drifted', table.name, `${text}${caveat}`, fix);
  }
  if (workerUrl !== undefined) return ok('job-drift', table.name, 'matches the table');
  const cause =
    'matches the table, but the target was not compared: the URL of the worker is unknown';
  return found('job-not-compared', table.name, cause, worker?.fix, worker);
}

/** Whom a job calls; it is said of a drift of the URI what that means. */
function checkTarget(
  snapshot: Snapshot,
  { table }: JobSnapshot,
  live: Job,
  drift: CheckResult,
): CheckResult[] {
  const { worker, workerUrl, workerName, web, webName } = snapshot;
  const origin = originOf(live.httpTarget?.uri ?? '');
  if ([...originsIn(worker), workerUrl].includes(origin)) {
    return [ok('job-target', table.name, origin)];
  }
  if (originsIn(web).includes(origin)) {
    const cause = `targets ${webName}, which returns 404`;
    return [found('job-targets-web', table.name, cause, drift.fix, drift)];
  }
  // Then the drift could not be compared, either, which is said already.
  if (workerUrl === undefined) return [];
  const cause = `targets ${origin || 'no URL'} instead of ${workerName}`;
  return [found('job-targets-other', table.name, cause, drift.fix, drift)];
}
