import type { Incident } from './monitoring/incidents';
import type { Attempt, AttemptResult } from './scheduler/scheduler';
import { shortNameOf, type Job } from './world/job';

/** The line that a sandbox prints about an incident. */
export function describeIncident({ openTime, policy, labels }: Incident): string {
  return `${new Date(openTime).toISOString()} incident: ${policy.displayName} ${JSON.stringify(labels)}`;
}

/** The line that a sandbox prints about an attempt. */
export function describeAttempt(job: Job, attempt: Attempt, result: AttemptResult): string {
  const outcome =
    result.kind === 'answered'
      ? String(result.status)
      : result.kind === 'deadline'
        ? `no response within ${job.attemptDeadline ?? 'the deadline'}`
        : `unreachable: ${result.why}`;
  const retry = attempt.number > 1 ? ` (retry ${attempt.number - 1})` : '';
  return `${new Date(attempt.startTime).toISOString()} ${shortNameOf(job)}${retry} ${describeTarget(job)} ${outcome}`;
}

function describeTarget({ httpTarget, pubsubTarget, appEngineHttpTarget }: Job): string {
  if (httpTarget) return `${httpTarget.httpMethod} ${httpTarget.uri}`;
  if (pubsubTarget) return `publish ${pubsubTarget.topicName}`;
  return `${appEngineHttpTarget?.httpMethod ?? ''} App Engine ${appEngineHttpTarget?.relativeUri ?? ''}`;
}
