import { previousRun } from '../../constructs/core/schedule';
import { durationInWords, secondsOf } from '../durations';
import { reporter, type CheckResult } from './check-result';
import type { Survey, SurveyedJob } from './survey';

/** How much later than its time a run may begin, in milliseconds. */
const LATENESS = 60_000;

/** Whether a job has succeeded, and not longer ago than its schedule lets expect. */
export function checkJobCadence(survey: Survey, job: SurveyedJob, timeZone: string): CheckResult[] {
  const { table, live, lastSuccess } = job;
  const report = reporter('job-cadence', table.name);
  if (live === undefined) return [];
  if (live.state === 'PAUSED') return [report.ok('paused, so nothing is due')];
  if (lastSuccess.kind === 'unknown') {
    const { what, fix } = lastSuccess.error;
    return [report.warning(`not known when it last succeeded: ${what}`, fix)];
  }
  const run = `just gcp-scheduler-run ${table.name}`;
  const succeededAt = timeOfSuccess(job);
  const deadline = (secondsOf(live.attemptDeadline) ?? 180) * 1000;
  // A run may be late, and take its deadline; before that, the one before it is what counts.
  const patience = deadline + LATENESS;
  const due = previousRun(
    { cron: table.schedule, timeZone },
    new Date(survey.now.getTime() - patience),
  );
  const since = new Date(live.userUpdateTime ?? 0);
  if (due === undefined || due < since) {
    return succeededAt === undefined
      ? [report.warning('it never succeeded; no run was due since it was made or changed', run)]
      : [report.ok(`last success ${ago(survey.now, succeededAt)}`)];
  }
  if (succeededAt === undefined) {
    return [report.failure(`it never succeeded, and was due ${ago(survey.now, due)}`, run)];
  }
  if (succeededAt.getTime() < due.getTime() - LATENESS) {
    return [
      report.failure(
        `it last succeeded ${ago(survey.now, succeededAt)}, and was due ${ago(survey.now, due)}`,
        run,
      ),
    ];
  }
  return [report.ok(`last success ${ago(survey.now, succeededAt)}`)];
}

function timeOfSuccess({ live, lastSuccess }: SurveyedJob): Date | undefined {
  if (lastSuccess.kind === 'value') return lastSuccess.value.finishedAt;
  const isGood = live?.lastAttemptTime !== undefined && !live.status?.code;
  return isGood ? new Date(live.lastAttemptTime) : undefined;
}

function ago(now: Date, at: Date): string {
  return `${durationInWords(Math.max(0, now.getTime() - at.getTime()))} ago`;
}
