import { formatDuration } from '../../constructs/core/format-duration';
import { previousRun } from '../../constructs/core/schedule';
import { secondsOf } from '../durations';
import { reporter, type CheckResult } from './check-result';
import type { Snapshot, JobSnapshot } from './snapshot';
import { recipe } from '../fixes/fix';

/** How late a run may start, in milliseconds. */
const LATENESS = 60_000;

/** Whether a job succeeded when it was last due. */
export function checkLastSuccess(
  snapshot: Snapshot,
  job: JobSnapshot,
  timeZone: string,
): CheckResult[] {
  const { table, live, lastSuccess } = job;
  const report = reporter('job-last-success', table.name);
  if (live === undefined) return [];
  if (live.state === 'PAUSED') return [report.ok('paused, so no run is due')];
  if (lastSuccess.kind === 'unknown') {
    return [report.unknown(lastSuccess.error)];
  }
  const run = recipe('run', table.name);
  const succeededAt = lastSuccessAt(job);
  const deadline = (secondsOf(live.attemptDeadline) ?? 180) * 1000;
  // A run may start late and take up to its deadline; until then, the previous run counts.
  const allowance = deadline + LATENESS;
  const due = previousRun(
    { cron: table.schedule, timeZone },
    new Date(snapshot.now.getTime() - allowance),
  );
  const since = new Date(live.userUpdateTime ?? 0);
  if (due === undefined || due < since) {
    return succeededAt === undefined
      ? [
          report.warning(
            'has not succeeded yet; no run was due since the job was created or changed',
            run,
          ),
        ]
      : [report.ok(`last succeeded ${ago(snapshot.now, succeededAt)}`)];
  }
  if (succeededAt === undefined) {
    return [report.failure(`has never succeeded; was due ${ago(snapshot.now, due)}`, run)];
  }
  if (succeededAt.getTime() < due.getTime() - LATENESS) {
    return [
      report.failure(
        `last succeeded ${ago(snapshot.now, succeededAt)}; was due ${ago(snapshot.now, due)}`,
        run,
      ),
    ];
  }
  return [report.ok(`last succeeded ${ago(snapshot.now, succeededAt)}`)];
}

function lastSuccessAt({ live, lastSuccess }: JobSnapshot): Date | undefined {
  if (lastSuccess.kind === 'value') return lastSuccess.value.finishedAt;
  const hasSucceeded = live?.lastAttemptTime !== undefined && !live.status?.code;
  return hasSucceeded ? new Date(live.lastAttemptTime) : undefined;
}

function ago(now: Date, at: Date): string {
  return `${formatDuration(Math.max(0, now.getTime() - at.getTime()) / 1000)} ago`;
}
