import type { AppEngineTarget, HttpTarget, Job, PubsubTarget } from '../../world/job';
import { invalidArgument } from '../../protocol/errors';
import type { Message } from '../../protocol/fields';

type Target = Pick<Job, 'httpTarget' | 'pubsubTarget' | 'appEngineHttpTarget'>;

const TARGETS = ['httpTarget', 'pubsubTarget', 'appEngineHttpTarget'] as const;
const USER_AGENT = 'Google-Cloud-Scheduler';
const APP_ENGINE_USER_AGENT = 'AppEngine-Google; (+http://code.google.com/appengine)';
const DEFAULT_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Cloud Scheduler sets these itself and ignores the job's. */
const DROPPED_HEADERS = /^(content-length|host|x-google-.*|x-appengine-.*|x-cloudscheduler.*)$/i;

/**
 * A job's target, with the service's defaults.
 *
 * @throws ApiError INVALID_ARGUMENT unless there is exactly one
 */
export function completeTarget(jobName: string, given: Message): Target {
  const present = TARGETS.filter((name) => given[name] !== undefined);
  if (present.length !== 1) {
    throw invalidArgument(`Job must have a target: exactly one of ${TARGETS.join(', ')}.`);
  }
  const http = messageOf(given, 'httpTarget');
  const pubsub = messageOf(given, 'pubsubTarget');
  const appEngine = messageOf(given, 'appEngineHttpTarget');
  return {
    ...(http && { httpTarget: completeHttp(http) }),
    ...(pubsub && { pubsubTarget: completePubsub(pubsub) }),
    ...(appEngine && { appEngineHttpTarget: completeAppEngine(jobName, appEngine) }),
  };
}

function completeHttp(given: Message): HttpTarget {
  const uri = stringOf(given, 'uri');
  const oidc = messageOf(given, 'oidcToken');
  const oauth = messageOf(given, 'oauthToken');
  const headers = completeHeaders(given, USER_AGENT);
  return {
    uri,
    httpMethod: methodOf(given),
    // With a token, the service sets this header; without one, the job's own is sent.
    headers: oidc || oauth ? withoutAuthorization(headers) : headers,
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

function completePubsub(given: Message): PubsubTarget {
  const topicName = stringOf(given, 'topicName');
  const attributes = given.attributes as Record<string, string> | undefined;
  if (!/^projects\/[^/]+\/topics\/[^/]+$/.test(topicName)) {
    throw invalidArgument('PubsubTarget.topicName must be formatted: "projects/<P>/topics/<T>".');
  }
  if (!given.data && Object.keys(attributes ?? {}).length === 0) {
    throw invalidArgument('Pubsub message must contain either non-empty data, or attributes.');
  }
  return { topicName, ...textOf(given, 'data'), ...(attributes && { attributes }) };
}

function completeAppEngine(jobName: string, given: Message): AppEngineTarget {
  const relativeUri = stringOf(given, 'relativeUri') || '/';
  if (!relativeUri.startsWith('/')) {
    throw invalidArgument('AppEngineHttpTarget.relativeUri must begin with "/".');
  }
  const routing = messageOf(given, 'appEngineRouting') as Record<string, string> | undefined;
  const project = jobName.split('/')[1] ?? '';
  const host = [routing?.instance, routing?.version, routing?.service]
    .filter((part) => part !== undefined && part !== '')
    .concat(`${project}.appspot.com`)
    .join('.');
  return {
    httpMethod: methodOf(given),
    appEngineRouting: { ...routing, host },
    relativeUri,
    headers: completeHeaders(given, APP_ENGINE_USER_AGENT),
    ...textOf(given, 'body'),
  };
}

function completeHeaders(target: Message, userAgent: string): Record<string, string> {
  const given = Object.entries((target.headers ?? {}) as Record<string, string>);
  const headers = Object.fromEntries(given.filter(([name]) => !DROPPED_HEADERS.test(name)));
  const has = (name: string): boolean =>
    Object.keys(headers).some((key) => key.toLowerCase() === name);
  if (!has('user-agent')) headers['User-Agent'] = userAgent;
  if (target.body && !has('content-type')) headers['Content-Type'] = 'application/octet-stream';
  return headers;
}

function withoutAuthorization(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.filter(([name]) => !/^authorization$/i.test(name)));
}

function methodOf(given: Message): string {
  const method = stringOf(given, 'httpMethod') || 'HTTP_METHOD_UNSPECIFIED';
  return method === 'HTTP_METHOD_UNSPECIFIED' ? 'POST' : method;
}

export function stringOf(message: Message, field: string): string {
  return (message[field] as string | undefined) ?? '';
}

export function messageOf(message: Message, field: string): Message | undefined {
  return message[field] as Message | undefined;
}

/** The field, if it is not empty: the service does not store empty strings. */
export function textOf(message: Message, field: string): Record<string, string> {
  const text = stringOf(message, field);
  return text === '' ? {} : { [field]: text };
}
