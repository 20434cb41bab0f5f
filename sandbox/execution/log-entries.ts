import { rpcCodeOf, RPC_CODES, type RpcCode } from '../protocol/errors';
import { succeeded, type Attempt, type AttemptResult } from '../scheduler/scheduler';
import { shortNameOf, type Job } from '../world/job';
import { newEntry, type LogEntry } from '../world/logging';
import type { World } from '../world/world';

const TYPE = 'type.googleapis.com/google.cloud.scheduler.logging.';

/** The log entry that Cloud Scheduler writes when an attempt begins. */
export function attemptStarted(world: World, job: Job, attempt: Attempt): LogEntry {
  return entry(world, job, attempt.startTime, 'INFO', {
    '@type': `${TYPE}AttemptStarted`,
    ...payloadOf(job),
    scheduledTime: new Date(attempt.scheduledTime).toISOString(),
  });
}

/** The log entry that Cloud Scheduler writes when an attempt has ended. */
export function attemptFinished(
  world: World,
  job: Job,
  result: AttemptResult,
  now: number,
): LogEntry {
  const good = succeeded(result);
  const written = entry(world, job, now, good ? 'INFO' : 'ERROR', {
    '@type': `${TYPE}AttemptFinished`,
    ...payloadOf(job),
    ...(!good && { status: codeOf(result) }),
    ...(!(good && job.pubsubTarget) && { debugInfo: debugInfoOf(result) }),
  });
  const status = httpStatusOf(result);
  return status === undefined || job.pubsubTarget
    ? written
    : { ...written, httpRequest: { status } };
}

function httpStatusOf(result: AttemptResult): number | undefined {
  if (result.kind === 'answered') return result.status;
  return result.kind === 'deadline' ? 504 : undefined;
}

/** A job's `status`: empty after a success, otherwise a google.rpc code. */
export function statusOf(result: AttemptResult): { code?: number } {
  return succeeded(result) ? {} : { code: RPC_CODES[codeOf(result)].code };
}

function codeOf(result: AttemptResult): RpcCode {
  if (result.kind === 'answered') return rpcCodeOf(result.status);
  return result.kind === 'deadline' ? 'DEADLINE_EXCEEDED' : 'UNAVAILABLE';
}

/** The prefixes are as misleading as the live ones; only the number is reliable. */
function debugInfoOf(result: AttemptResult): string {
  if (result.kind === 'unreachable') return `URL_UNREACHABLE-UNREACHABLE_ERROR. ${result.why}`;
  const prefix = result.kind === 'deadline' ? 'URL_TIMEOUT-TIMEOUT_WEB' : prefixOf(result.status);
  return `${prefix}. Original HTTP response code number = ${httpStatusOf(result)}`;
}

function prefixOf(status: number): string {
  if (status >= 200 && status < 300) return 'URL_CRAWLED';
  if (status === 404) return 'URL_ERROR-ERROR_NOT_FOUND';
  if (status === 401 || status === 403) return 'URL_ERROR-ERROR_AUTHENTICATION';
  if (status >= 500) return 'URL_UNREACHABLE-UNREACHABLE_5xx';
  return status >= 300 && status < 400 ? 'URL_REDIRECTED' : 'URL_ERROR-ERROR_OTHER';
}

function payloadOf(job: Job): Record<string, string> {
  const { httpTarget, pubsubTarget, appEngineHttpTarget } = job;
  return {
    jobName: job.name,
    ...(httpTarget && { targetType: 'HTTP', url: httpTarget.uri }),
    ...(pubsubTarget && { targetType: 'PUB_SUB', pubsubTopic: pubsubTarget.topicName }),
    ...(appEngineHttpTarget && {
      targetType: 'APP_ENGINE_HTTP',
      relativeUrl: appEngineHttpTarget.relativeUri,
    }),
  };
}

function entry(
  world: World,
  job: Job,
  at: number,
  severity: string,
  jsonPayload: Record<string, string>,
): LogEntry {
  const labels = { job_id: shortNameOf(job) };
  const resource = { type: 'cloud_scheduler_job', labels };
  return {
    ...newEntry(world, 'cloudscheduler.googleapis.com/executions', at, resource),
    severity,
    jsonPayload,
  };
}
