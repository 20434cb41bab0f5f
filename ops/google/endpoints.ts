import { isLoopback } from '../../constructs/core/uri';
import { WrongUse } from '../errors';
import type { Environment } from '../../stages/environment';

/**
 * The APIs, each with the variable that the google provider reads for another endpoint, and the
 * version that this project calls.
 */
const APIS = {
  scheduler: ['cloudscheduler.googleapis.com', 'GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT', 'v1'],
  run: ['run.googleapis.com', 'GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT', 'v2'],
  iam: ['iam.googleapis.com', 'GOOGLE_IAM_CUSTOM_ENDPOINT', 'v1'],
  resourceManager: [
    'cloudresourcemanager.googleapis.com',
    'GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT',
    'v1',
  ],
  serviceUsage: ['serviceusage.googleapis.com', 'GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT', 'v1'],
  monitoring: ['monitoring.googleapis.com', 'GOOGLE_MONITORING_CUSTOM_ENDPOINT', 'v3'],
  logging: ['logging.googleapis.com', 'GOOGLE_LOGGING_CUSTOM_ENDPOINT', 'v2'],
} as const;

export type Api = keyof typeof APIS;

/** The service of an API, as `gcloud services enable` takes it. */
export function serviceOf(api: Api): string {
  return APIS[api][0];
}

/** The variable that gives an API another endpoint. */
export function endpointVariable(api: Api): string {
  return APIS[api][1];
}

/**
 * The base URL of an API, its version and a last slash included. The provider's variables may end
 * in the version or before it.
 */
export function baseUrl(api: Api, env: Environment): URL {
  const [service, variable, version] = APIS[api];
  const given = env[variable];
  if (!given) return new URL(`https://${service}/${version}/`);
  const origin = given.replace(/\/+(v\d+)?\/*$/, '');
  const url = URL.canParse(origin) ? new URL(`${origin}/${version}/`) : undefined;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url && isSafe) return url;
  throw new WrongUse([
    {
      subject: variable,
      given,
      wrong: 'a token must not be sent there',
      allowed: 'https URLs, and http on localhost, 127.0.0.1 or [::1]',
      fix: `unset it, to use https://${service}`,
    },
  ]);
}
