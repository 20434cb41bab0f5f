import { checkCron, checkTimeZone } from '@scheduled-jobs/constructs/core/schedule';
import type { Job } from '../../world/world';
import { invalidArgument } from '../../protocol/errors';
import { secondsOf } from '../../protocol/duration';

const MAX_BYTES = 1024 * 1024;
const MAX_URI = 2083;
const MAX_DESCRIPTION = 500;

/**
 * Checks the limits of a job. Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 *
 * @throws ApiError INVALID_ARGUMENT for the first limit that is exceeded
 */
export function checkJob(job: Job): void {
  const { httpTarget: target, retryConfig: retry } = job;
  if (job.schedule === '') throw invalidArgument('Schedule must be set.');
  const mistakes = [...checkCron(job.schedule), ...checkTimeZone(job.timeZone)];
  const [mistake] = mistakes;
  if (mistake) throw invalidArgument(`Schedule or time zone is invalid: ${mistake.wrong}.`);
  if (Array.from(job.description ?? '').length > MAX_DESCRIPTION) {
    throw invalidArgument(`Description must be at most ${MAX_DESCRIPTION} characters.`);
  }
  if (
    !URL.canParse(target.uri) ||
    !/^https?:\/\//.test(target.uri) ||
    target.uri.length > MAX_URI
  ) {
    throw invalidArgument(
      `HttpTarget.uri must be an http or https URL of at most ${MAX_URI} characters.`,
    );
  }
  if (target.body && !['POST', 'PUT', 'PATCH'].includes(target.httpMethod)) {
    throw invalidArgument(`HTTP body is not allowed with the method ${target.httpMethod}.`);
  }
  if (target.oidcToken && target.oauthToken) {
    throw invalidArgument('HttpTarget must have at most one of oidcToken and oauthToken.');
  }
  checkRange('attemptDeadline', secondsOf(job.attemptDeadline), 15, 1800);
  checkRange('retryConfig.retryCount', retry.retryCount ?? 0, 0, 5);
  checkRange('retryConfig.maxDoublings', retry.maxDoublings, 0, 2 ** 31);
  checkRange('retryConfig.maxRetryDuration', secondsOf(retry.maxRetryDuration), 0, Infinity);
  checkRange('retryConfig.minBackoffDuration', secondsOf(retry.minBackoffDuration), 0, Infinity);
  const minBackoff = secondsOf(retry.minBackoffDuration);
  checkRange(
    'retryConfig.maxBackoffDuration',
    secondsOf(retry.maxBackoffDuration),
    minBackoff,
    Infinity,
  );
  if (sizeOf(job) > MAX_BYTES) {
    throw invalidArgument('Job size must be at most 1MB.');
  }
}

/** About its size as a protocol buffer, in which the body is not in base64. */
function sizeOf(job: Job): number {
  const body = job.httpTarget.body ?? '';
  return Buffer.byteLength(JSON.stringify(job)) - body.length + Buffer.byteLength(body, 'base64');
}

function checkRange(field: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw invalidArgument(`Job.${field} is ${value}; it must be in [${min}, ${max}].`);
}
