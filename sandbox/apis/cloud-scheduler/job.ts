import { HTTP_METHODS } from '@scheduled-jobs/constructs/core/http-methods';
import type { JobPlan } from '../../scheduler/scheduler';
import type { Job } from '../../world/world';
import { invalidArgument } from '../../protocol/errors';
import { secondsOf } from '../../protocol/duration';
import type { Fields, Message } from '../../protocol/fields';
import { checkJob } from './limits';

/** Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
export const JOB_FIELDS: Fields = {
  name: 'string',
  description: 'string',
  schedule: 'string',
  timeZone: 'string',
  attemptDeadline: 'duration',
  retryConfig: {
    message: {
      retryCount: 'int32',
      maxRetryDuration: 'duration',
      minBackoffDuration: 'duration',
      maxBackoffDuration: 'duration',
      maxDoublings: 'int32',
    },
  },
  httpTarget: {
    message: {
      uri: 'string',
      httpMethod: { enum: ['HTTP_METHOD_UNSPECIFIED', ...HTTP_METHODS] },
      headers: 'string map',
      body: 'bytes',
      oidcToken: { message: { serviceAccountEmail: 'string', audience: 'string' } },
      oauthToken: { message: { serviceAccountEmail: 'string', scope: 'string' } },
    },
  },
  state: 'output',
  status: 'output',
  userUpdateTime: 'output',
  scheduleTime: 'output',
  lastAttemptTime: 'output',
};

const USER_AGENT = 'Google-Cloud-Scheduler';
const DEFAULT_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Cloud Scheduler sets these itself and ignores the job's. */
const DROPPED_HEADERS =
  /^(authorization|content-length|host|x-google-.*|x-appengine-.*|x-cloudscheduler.*)$/i;

/**
 * Creates a job from a request's fields and the service's defaults.
 *
 * @throws ApiError INVALID_ARGUMENT if a value is out of range
 */
export function completeJob(name: string, given: Message, now: string): Job {
  const job = {
    name,
    ...textOf(given, 'description'),
    httpTarget: completeTarget(messageOf(given, 'httpTarget')),
    schedule: stringOf(given, 'schedule'),
    timeZone: stringOf(given, 'timeZone') || 'UTC',
    userUpdateTime: now,
    state: 'ENABLED' as const,
    attemptDeadline: stringOf(given, 'attemptDeadline') || '180s',
    retryConfig: completeRetryConfig(messageOf(given, 'retryConfig') ?? {}),
  };
  checkJob(job);
  return job;
}

function completeTarget(given: Message | undefined): Job['httpTarget'] {
  if (given === undefined) {
    throw invalidArgument('Job must have a target; the sandbox supports only HTTP targets.');
  }
  const uri = stringOf(given, 'uri');
  const method = stringOf(given, 'httpMethod') || 'HTTP_METHOD_UNSPECIFIED';
  const oidc = messageOf(given, 'oidcToken');
  const oauth = messageOf(given, 'oauthToken');
  return {
    uri,
    httpMethod: method === 'HTTP_METHOD_UNSPECIFIED' ? 'POST' : method,
    headers: completeHeaders(given),
    ...textOf(given, 'body'),
    ...(oidc && {
      oidcToken: {
        serviceAccountEmail: stringOf(oidc, 'serviceAccountEmail'),
        audience: stringOf(oidc, 'audience') || uri,
      },
    }),
    ...(oauth && {
      oauthToken: {
        serviceAccountEmail: stringOf(oauth, 'serviceAccountEmail'),
        scope: stringOf(oauth, 'scope') || DEFAULT_SCOPE,
      },
    }),
  };
}

function completeHeaders(target: Message): Record<string, string> {
  const given = Object.entries((target.headers ?? {}) as Record<string, string>);
  const headers = Object.fromEntries(given.filter(([name]) => !DROPPED_HEADERS.test(name)));
  const has = (name: string): boolean =>
    Object.keys(headers).some((key) => key.toLowerCase() === name);
  if (!has('user-agent')) headers['User-Agent'] = USER_AGENT;
  if (target.body && !has('content-type')) headers['Content-Type'] = 'application/octet-stream';
  return headers;
}

function completeRetryConfig(given: Message): Job['retryConfig'] {
  const count = given.retryCount as number | undefined;
  return {
    // The service leaves out a number that is 0.
    ...(count && { retryCount: count }),
    maxRetryDuration: stringOf(given, 'maxRetryDuration') || '0s',
    minBackoffDuration: stringOf(given, 'minBackoffDuration') || '5s',
    maxBackoffDuration: stringOf(given, 'maxBackoffDuration') || '3600s',
    maxDoublings: (given.maxDoublings as number | undefined) ?? 5,
  };
}

/** What the scheduler needs to know about a job. */
export function planOf(job: Job): JobPlan {
  const { retryConfig: retry } = job;
  return {
    cron: job.schedule,
    timeZone: job.timeZone,
    attemptDeadline: secondsOf(job.attemptDeadline) * 1000,
    retry: {
      count: retry.retryCount ?? 0,
      maxDuration: secondsOf(retry.maxRetryDuration) * 1000,
      minBackoff: secondsOf(retry.minBackoffDuration) * 1000,
      maxBackoff: secondsOf(retry.maxBackoffDuration) * 1000,
      maxDoublings: retry.maxDoublings,
    },
  };
}

function stringOf(message: Message, field: string): string {
  return (message[field] as string | undefined) ?? '';
}

function messageOf(message: Message, field: string): Message | undefined {
  return message[field] as Message | undefined;
}

/** The field, if it is not empty: the service does not store empty strings. */
function textOf(message: Message, field: string): Record<string, string> {
  const text = stringOf(message, field);
  return text === '' ? {} : { [field]: text };
}
