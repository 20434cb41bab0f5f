import type { JobReview, JobSide } from '../job/job';
import { COUNTED_DAYS, countRuns, isHidden } from '../job/schedule';
import { known } from '../plan/values';
import { phrase, unquoted, type Phrase } from '../phrase';
import { finding, type Finding } from './finding';
import { audienceFindings, targetFindings } from './job-target';

/**
 * Findings about a job, besides what its table shows.
 *
 * @param reverted - paths of attributes that the plan only reverts to what was last applied
 */
export function jobFindings(
  job: JobReview,
  now: Date,
  reverted: readonly string[] = [],
): Finding[] {
  switch (job.action) {
    case 'destroyed':
      return [finding(job, 'stops', 'job-destroyed', describeDestruction(job))];
    case 'replaced':
      return [
        finding(job, 'stops', 'job-replaced', describeReplacement(job)),
        ...changeFindings(job, now, reverted),
      ];
    case 'changed':
      return changeFindings(job, now, reverted);
    case 'created':
      return creationFindings(job);
    case 'forgotten': {
      const message = phrase`Terraform stops managing ${job.name}; it keeps running.`;
      return [finding(job, 'notice', 'job-forgotten', message)];
    }
    case 'unknown': {
      const message = phrase`The plan does something with ${job.name} that this review does not know.`;
      return [finding(job, 'broken', 'unknown-action', message)];
    }
    default:
      return [];
  }
}

function describeDestruction({ name, before }: JobReview): Phrase {
  const next = before?.schedule?.nextRuns[0];
  if (next === undefined) return phrase`Destroys ${name}.`;
  return phrase`Destroys ${name}; its next run (${unquoted(next.wallClock)}) will not happen.`;
}

function describeReplacement({ name, reason, changes, after }: JobReview): Phrase {
  const labels = changes.filter((each) => each.forcesReplacement).map((each) => each.label);
  const cause = labels.length > 0 ? `${labels.join(', ')} cannot be changed in place` : reason;
  const why = unquoted(cause === undefined ? '' : ` (${cause})`);
  const newName = after && known(after.values, 'name');
  const by = newName === undefined || newName === name ? unquoted('') : phrase` with ${newName}`;
  return phrase`Replaces ${name}${by}${why}. It is recreated and loses its history; a run due in between is lost.`;
}

function creationFindings(job: JobReview): Finding[] {
  const { name, after } = job;
  const found = audienceFindings(job);
  if (after === undefined) return found;
  if (isPaused(after)) {
    const message = phrase`Creates ${name} paused; it will not run.`;
    found.push(finding(job, 'notice', 'job-paused', message));
  }
  const { schedule } = after;
  if (schedule?.description !== undefined && schedule.nextRuns.length === 0) {
    const message = phrase`Creates ${name} with a schedule that never fires.`;
    found.push(finding(job, 'notice', 'job-never-runs', message));
  }
  return found;
}

function changeFindings(job: JobReview, now: Date, reverted: readonly string[]): Finding[] {
  const { before, after } = job;
  if (before === undefined || after === undefined) return [];
  return [
    ...stopFindings(job, before, after),
    ...frequencyFindings(job, now),
    ...targetFindings(job, reverted),
    ...audienceFindings(job),
  ];
}

/** Changes that stop a running job: they fail the review in production, and are notices elsewhere. */
function stopFindings(job: JobReview, before: JobSide, after: JobSide): Finding[] {
  const { name } = job;
  const severity = job.production ? 'stops' : 'notice';
  const found: Finding[] = [];
  const differs = (id: string): boolean => job.changes.some((change) => change.id === id);
  // Whether a new job is paused is known only after the apply; it will be running.
  const hidden = ['schedule', 'time_zone', ...(job.action === 'changed' ? ['paused'] : [])].filter(
    (path) => differs(path) && isHidden(after.values, path),
  );
  if (hidden.length > 0) {
    const what = unquoted(hidden.join(' and '));
    const message = phrase`The plan does not show the ${what} of ${name}, so the review cannot tell whether it still runs.`;
    found.push(finding(job, severity, 'job-schedule-hidden', message));
  }
  if (isPaused(after) && !isPaused(before)) {
    const message = phrase`Pauses ${name}; it will not run until someone resumes it.`;
    found.push(finding(job, severity, 'job-paused', message));
  }
  if (callsWithToken(before) && !callsWithToken(after)) {
    const message = phrase`${name} no longer calls an HTTP endpoint with an OIDC token; the worker will reject its calls.`;
    found.push(finding(job, severity, 'job-without-token', message));
  }
  return found;
}

/** Schedule changes that make a job run less often, or not at all for weeks. */
function frequencyFindings(job: JobReview, now: Date): Finding[] {
  const [before, after] = [job.before?.schedule, job.after?.schedule];
  const isRescheduled = job.changes.some(({ id }) => id === 'schedule' || id === 'time_zone');
  if (before === undefined || after === undefined || !isRescheduled) return [];
  const [from, to] = [countRuns(before, now), countRuns(after, now)];
  const severity = job.production ? 'stops' : 'notice';
  if (to === undefined) {
    const message = phrase`The runs of ${job.name} cannot be counted: this review does not know the schedule ${after.cron} in ${after.timeZone}.`;
    return [finding(job, severity, 'job-schedule-hidden', message)];
  }
  if (from === undefined || to >= from) return [];
  if (to > 0) {
    const counts = unquoted(`${to} instead of ${from} times in the next ${COUNTED_DAYS} days`);
    const message = phrase`${job.name} runs less often: ${counts}.`;
    return [finding(job, 'notice', 'job-runs-less-often', message)];
  }
  const rest = unquoted(`in the next ${COUNTED_DAYS} days (now ${from}).`);
  return [finding(job, severity, 'job-no-upcoming-runs', phrase`${job.name} has no runs ${rest}`)];
}

function isPaused({ values }: JobSide): boolean {
  return known(values, 'paused') === 'true';
}

function callsWithToken({ values }: JobSide): boolean {
  const account = 'http_target.0.oidc_token.0.service_account_email';
  return values.has('http_target.0.uri') && values.has(account);
}
