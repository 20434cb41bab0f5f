import { previousRun, runsAfter, wallClock } from '../../constructs/core/schedule';
import { ago, secondsBefore } from '../durations';
import { recipe, waitUntil } from '../fixes/fix';
import { deadlineSecondsOf, lastResultOf } from '../jobs/last-run';
import { found, ok, unreadable, type CheckResult } from './check-result';
import { valueOf } from '../google/reading';
import type { JobSnapshot } from './job-snapshots';
import type { Snapshot } from './snapshot';

/** How late a run may start. */
const LATENESS_SECONDS = 60;

/**
 * Whether a job succeeded when it was last due.
 *
 * @param failing - why it cannot have: a finding about the job itself, or its last attempt
 */
export function checkLastSuccess(
  snapshot: Snapshot,
  job: JobSnapshot,
  failing: CheckResult | undefined,
): CheckResult[] {
  const { table, live, lastSuccess, runningSince } = job;
  const { now, settings } = snapshot;
  const { timeZone } = settings;
  const check = 'job-last-success';
  const subject = table.name;
  if (live === undefined) return [];
  if (live.state === 'PAUSED') return [ok(check, subject, 'paused, so no run is due')];
  if (runningSince !== undefined) return [ok(check, subject, 'a run is under way')];
  if (lastSuccess.kind === 'unknown') return [unreadable(check, subject, lastSuccess.error)];
  const succeededAt = lastSuccessAt(job);
  const succeeded = succeededAt && `last succeeded ${ago(now, succeededAt)}`;
  // A run may start late and take up to its deadline; until then, the previous run counts.
  const allowance = deadlineSecondsOf(live) + LATENESS_SECONDS;
  const schedule = { cron: table.schedule, timeZone };
  const due = previousRun(schedule, secondsBefore(now, allowance));
  const isNotDueYet = due === undefined || due < new Date(live.userUpdateTime ?? 0);
  if (isNotDueYet && succeeded !== undefined) return [ok(check, subject, succeeded)];
  const nextRun = (): string | undefined => {
    const [next] = runsAfter(schedule, now);
    return next && `${wallClock(timeZone, next)} ${timeZone}`;
  };
  if (isNotDueYet) {
    const at = nextRun();
    const cause = 'not due yet';
    return at === undefined
      ? [ok(check, subject, cause)]
      : [ok(check, subject, `${cause}; the first run is at ${at}`, waitUntil(at))];
  }
  const at = failing === undefined && wasResumed(snapshot, subject) ? nextRun() : undefined;
  if (at !== undefined) {
    const cause = `was paused when it was last due; the next run is at ${at}`;
    return [ok(check, subject, cause, waitUntil(at))];
  }
  const fix = failing?.fix ?? recipe('run', subject);
  const wasDue = `was due ${ago(now, due)}`;
  if (succeeded === undefined) {
    return [found('success-missing', subject, `has never succeeded; ${wasDue}`, fix, failing)];
  }
  return succeededAt !== undefined && succeededAt < secondsBefore(due, LATENESS_SECONDS)
    ? [found('success-overdue', subject, `${succeeded}; ${wasDue}`, fix, failing)]
    : [ok(check, subject, succeeded)];
}

/** Whether a job was resumed, and its next run is not due. */
function wasResumed({ notes, now }: Snapshot, job: string): boolean {
  const note = notes.get(job);
  return note?.kind === 'resumed' && note.until > now;
}

function lastSuccessAt({ live, lastSuccess }: JobSnapshot): Date | undefined {
  const known = valueOf(lastSuccess);
  if (known !== undefined) return known.finishedAt;
  const { lastAttemptTime } = live ?? {};
  const isOk = live && lastResultOf(live)?.ok;
  return lastAttemptTime !== undefined && isOk ? new Date(lastAttemptTime) : undefined;
}
