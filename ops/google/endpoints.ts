import { isLoopback } from '../../constructs/core/uri';
import { serviceOf, type Api } from '../../stages/apis';
import type { Environment } from '../../stages/environment';
import { UsageError } from '../errors';

/**
 * The APIs that are called: each with the environment variable that overrides its endpoint (the google
 * provider's own), and the version that this project calls.
 */
const ENDPOINTS = {
  cloudscheduler: ['GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT', 'v1'],
  run: ['GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT', 'v2'],
  iam: ['GOOGLE_IAM_CUSTOM_ENDPOINT', 'v1'],
  cloudresourcemanager: ['GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT', 'v1'],
  serviceusage: ['GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT', 'v1'],
  monitoring: ['GOOGLE_MONITORING_CUSTOM_ENDPOINT', 'v3'],
  logging: ['GOOGLE_LOGGING_CUSTOM_ENDPOINT', 'v2'],
} as const satisfies Partial<Record<Api, readonly [variable: string, version: string]>>;

/** An API that operations call. */
export type CalledApi = keyof typeof ENDPOINTS;

/** The environment variable that overrides an API's endpoint. */
export function endpointVariable(api: CalledApi): string {
  return ENDPOINTS[api][0];
}

/**
 * The base URL of an API, with its version and a trailing slash. The provider's variables may end with
 * or without the version.
 */
export function baseUrl(api: CalledApi, env: Environment): URL {
  const [variable, version] = ENDPOINTS[api];
  const service = serviceOf(api);
  const given = env[variable];
  if (!given) return new URL(`https://${service}/${version}/`);
  const origin = given.replace(/\/+(v\d+)?\/*$/, '');
  const url = URL.canParse(origin) ? new URL(`${origin}/${version}/`) : undefined;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url && isSafe) return url;
  throw new UsageError({
    subject: variable,
    given,
    wrong: 'must be an https URL, or http on localhost, 127.0.0.1 or [::1]',
    fix: `unset it to use https://${service}`,
  });
}
