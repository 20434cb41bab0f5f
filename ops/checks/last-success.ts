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
  timeZone: string,
  failing: CheckResult | undefined,
): CheckResult[] {
  const { table, live, lastSuccess, runningSince } = job;
  const { now } = snapshot;
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
  if (due === undefined || due < new Date(live.userUpdateTime ?? 0)) {
    if (succeeded !== undefined) return [ok(check, subject, succeeded)];
    const [first] = runsAfter(schedule, now);
    const when = first && `${wallClock(timeZone, first)} ${timeZone}`;
    const cause = 'not due yet';
    return when === undefined
      ? [ok(check, subject, cause)]
      : [ok(check, subject, `${cause}; the first run is at ${when}`, waitUntil(when))];
  }
  const resumed = failing === undefined ? silentUntil(snapshot, subject) : undefined;
  if (resumed !== undefined) {
    const [next] = runsAfter(schedule, now);
    const at = next && `${wallClock(timeZone, next)} ${timeZone}`;
    const cause = 'was paused when it was last due';
    if (at !== undefined)
      return [ok(check, subject, `${cause}; the next run is at ${at}`, waitUntil(at))];
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

/** Of a job that was resumed, as long as its next run is not due. */
function silentUntil({ notes, now }: Snapshot, job: string): Date | undefined {
  const note = (notes && valueOf(notes))?.get(job);
  return note?.kind === 'resumed' && note.until > now ? note.until : undefined;
}

function lastSuccessAt({ live, lastSuccess }: JobSnapshot): Date | undefined {
  if (lastSuccess.kind === 'value') return lastSuccess.value.finishedAt;
  return live?.lastAttemptTime !== undefined && lastResultOf(live)?.ok === true
    ? new Date(live.lastAttemptTime)
    : undefined;
}
