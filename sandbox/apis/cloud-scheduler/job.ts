import { HTTP_METHODS } from '@scheduled-jobs/constructs/core/http-methods';
import type { JobPlan } from '../../scheduler/scheduler';
import type { Job } from '../../world/job';
import { secondsOf } from '../../protocol/duration';
import type { Fields, Message } from '../../protocol/fields';
import { checkJob } from './limits';
import { completeTarget, messageOf, stringOf, textOf } from './targets';

const HTTP_METHOD = { enum: ['HTTP_METHOD_UNSPECIFIED', ...HTTP_METHODS] };

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
      httpMethod: HTTP_METHOD,
      headers: 'string map',
      body: 'bytes',
      oidcToken: { message: { serviceAccountEmail: 'string', audience: 'string' } },
      oauthToken: { message: { serviceAccountEmail: 'string', scope: 'string' } },
    },
  },
  pubsubTarget: { message: { topicName: 'string', data: 'bytes', attributes: 'string map' } },
  appEngineHttpTarget: {
    message: {
      httpMethod: HTTP_METHOD,
      appEngineRouting: {
        message: { service: 'string', version: 'string', instance: 'string', host: 'output' },
      },
      relativeUri: 'string',
      headers: 'string map',
      body: 'bytes',
    },
  },
  state: 'output',
  status: 'output',
  userUpdateTime: 'output',
  scheduleTime: 'output',
  lastAttemptTime: 'output',
  satisfiesPzs: 'output',
};

/**
 * Creates a job from a request's fields and the service's defaults.
 *
 * @throws ApiError INVALID_ARGUMENT if a value is out of range
 */
export function completeJob(name: string, given: Message, now: string): Job {
  const retry = messageOf(given, 'retryConfig');
  const target = completeTarget(name, given);
  const job = {
    name,
    ...textOf(given, 'description'),
    ...target,
    schedule: stringOf(given, 'schedule'),
    timeZone: stringOf(given, 'timeZone') || 'UTC',
    userUpdateTime: now,
    state: 'ENABLED' as const,
    // "For Pub/Sub targets, this field is ignored"; the API does not return it either.
    ...(!target.pubsubTarget && { attemptDeadline: stringOf(given, 'attemptDeadline') || '180s' }),
    ...(retry && { retryConfig: completeRetryConfig(retry) }),
  };
  checkJob(job);
  return job;
}

function completeRetryConfig(given: Message): NonNullable<Job['retryConfig']> {
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
  const retry = job.retryConfig ?? completeRetryConfig({});
  return {
    cron: job.schedule,
    timeZone: job.timeZone,
    attemptDeadline: secondsOf(job.attemptDeadline ?? '180s') * 1000,
    retry: {
      count: retry.retryCount ?? 0,
      maxDuration: secondsOf(retry.maxRetryDuration) * 1000,
      minBackoff: secondsOf(retry.minBackoffDuration) * 1000,
      maxBackoff: secondsOf(retry.maxBackoffDuration) * 1000,
      maxDoublings: retry.maxDoublings,
    },
  };
}
