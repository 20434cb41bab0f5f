import { checkSchedule, isTimeZone } from '../../scheduler/run-times';
import type { Job } from '../../world/job';
import { invalidArgument } from '../../protocol/errors';
import { secondsOf } from '../../protocol/duration';

const MAX_BYTES = 1024 * 1024;
const MAX_URI = 2083;
const MAX_DESCRIPTION = 500;
const WITH_BODY = ['POST', 'PUT', 'PATCH'];
/** "For App Engine HTTP targets … 15 seconds to 24 hours and 15 seconds" */
const APP_ENGINE_MAX_SECONDS = 86_415;

/**
 * Checks the limits of a job. Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 *
 * @throws ApiError INVALID_ARGUMENT for the first limit that is exceeded
 */
export function checkJob(job: Job): void {
  if (job.schedule === '') throw invalidArgument('Schedule must be set.');
  const wrong = checkSchedule(job.schedule);
  if (wrong !== undefined) throw invalidArgument(`Schedule or time zone is invalid: ${wrong}.`);
  if (!isTimeZone(job.timeZone)) {
    throw invalidArgument('Schedule or time zone is invalid: must be a name of the tz database.');
  }
  if (Array.from(job.description ?? '').length > MAX_DESCRIPTION) {
    throw invalidArgument(`Description must be at most ${MAX_DESCRIPTION} characters.`);
  }
  checkTarget(job);
  if (job.attemptDeadline !== undefined) {
    const max = job.appEngineHttpTarget ? APP_ENGINE_MAX_SECONDS : 1800;
    checkRange('attemptDeadline', secondsOf(job.attemptDeadline), 15, max);
  }
  checkRetryConfig(job);
  if (sizeOf(job) > MAX_BYTES) {
    throw invalidArgument('Job size must be at most 1MB.');
  }
}

function checkTarget({ httpTarget: http, appEngineHttpTarget: appEngine }: Job): void {
  const { body, httpMethod = '' } = http ?? appEngine ?? {};
  if (
    http &&
    (!URL.canParse(http.uri) || !/^https?:\/\//.test(http.uri) || http.uri.length > MAX_URI)
  ) {
    throw invalidArgument(
      `HttpTarget.uri must be an http or https URL of at most ${MAX_URI} characters.`,
    );
  }
  if (body && !WITH_BODY.includes(httpMethod)) {
    throw invalidArgument(`HTTP body is not allowed with the method ${httpMethod}.`);
  }
  if (http?.oidcToken && http.oauthToken) {
    throw invalidArgument('HttpTarget must have at most one of oidcToken and oauthToken.');
  }
}

function checkRetryConfig({ retryConfig: retry }: Job): void {
  if (retry === undefined) return;
  const minBackoff = secondsOf(retry.minBackoffDuration);
  const maxBackoff = secondsOf(retry.maxBackoffDuration);
  checkRange('retryConfig.retryCount', retry.retryCount ?? 0, 0, 5);
  checkRange('retryConfig.maxDoublings', retry.maxDoublings, 0, 2 ** 31);
  checkRange('retryConfig.maxRetryDuration', secondsOf(retry.maxRetryDuration), 0, Infinity);
  checkRange('retryConfig.minBackoffDuration', minBackoff, 0, Infinity);
  checkRange('retryConfig.maxBackoffDuration', maxBackoff, minBackoff, Infinity);
}

/** About its size as a protocol buffer, in which the body is not in base64. */
function sizeOf(job: Job): number {
  const { body = '' } = job.httpTarget ?? job.appEngineHttpTarget ?? {};
  const bytes = body || (job.pubsubTarget?.data ?? '');
  return Buffer.byteLength(JSON.stringify(job)) - bytes.length + Buffer.byteLength(bytes, 'base64');
}

function checkRange(field: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw invalidArgument(`Job.${field} is ${value}; it must be in [${min}, ${max}].`);
}
