import path from 'node:path';
import { isObject } from './protocol/fields';
import { PROVIDER_ENDPOINTS } from './provider-endpoints';
import type { Variables } from './world/seed';

/** What the environment of a command in the sandbox is derived from. */
export interface Place {
  /** Base URL of the APIs: `http://127.0.0.1:8085`. */
  readonly url: string;
  readonly projectId: string;
  readonly region: string;
  /** The sandbox's own temporary directory, for Terraform's state and gcloud's configuration. */
  readonly directory: string;
  /** The seed's. @default - none */
  readonly variables?: Variables;
}

/**
 * The variables that point terraform, gcloud and Google's client libraries to the sandbox, and keep
 * their state in its directory.
 */
export function sandboxVariables({
  url,
  projectId,
  region,
  directory,
  variables = {},
}: Place): Record<string, string> {
  return {
    // For calls to the sandbox's own /_sandbox routes.
    SANDBOX_URL: url,
    GCP_PROJECT_ID: projectId,
    GCP_REGION: region,
    TF_STATE_DIR: path.join(directory, 'state'),
    // Inside each stack's folder, next to the real data directory, which is not touched.
    TF_DATA_DIR: path.join('.terraform', 'sandbox'),
    // Each sandbox has its own state directory; without this, init stops at the previous one's.
    TF_CLI_ARGS_init: '-reconfigure',
    GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
    ...Object.fromEntries(
      PROVIDER_ENDPOINTS.map((service) => [
        variableOf(service),
        `${url}/${SERVED[service] ?? missing(service)}`,
      ]),
    ),
    CLOUDSDK_AUTH_ACCESS_TOKEN: TOKEN,
    CLOUDSDK_CONFIG: path.join(directory, 'gcloud'),
    CLOUDSDK_CORE_PROJECT: projectId,
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: '1',
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: '1',
    ...Object.fromEntries(
      [
        ...Object.entries(GCLOUD_SERVED),
        ...GCLOUD_MISSING.map((api) => [api, missing(api)] as const),
      ].map(([api, at]) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api}`, `${url}/${at}`]),
    ),
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    ...Object.fromEntries(
      Object.entries(variables).filter((each): each is [string, string] => each[1] !== null),
    ),
  };
}

/** The names of variables that are removed, besides those that begin with a prefix. */
export function removedNames({ variables = {} }: Place): string[] {
  return [...REMOVED_NAMES, ...Object.keys(variables)];
}

/** The environment of a command in the sandbox, derived from the user's. */
export function sandboxEnvironment(env: NodeJS.ProcessEnv, place: Place): NodeJS.ProcessEnv {
  const names = removedNames(place);
  const kept = Object.entries(env).filter(
    ([variable]) =>
      KEPT.includes(variable) ||
      !(names.includes(variable) || REMOVED_PREFIXES.some((prefix) => variable.startsWith(prefix))),
  );
  return { ...Object.fromEntries(kept), ...sandboxVariables(place) };
}

/** Whether data from outside can be variables: shells would run a name that is something else. */
export function areVariables(value: unknown): value is Variables {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([name, each]) =>
        /^[A-Z_][A-Z0-9_]*$/i.test(name) && (each === null || typeof each === 'string'),
    )
  );
}

const TOKEN = 'sandbox-token';

/** The paths at which the google provider finds the services that the sandbox serves. */
export const SERVED: Readonly<Record<string, string>> = {
  CLOUD_SCHEDULER: 'v1/',
  COMPUTE: 'compute/v1/',
  CLOUD_RUN_V2: 'v2/',
  IAM: 'v1/',
  // The same for google 7.
  IAM_BETA: 'v1/',
  RESOURCE_MANAGER: 'v1/',
  RESOURCE_MANAGER_V3: 'v3/',
  CLOUD_RESOURCE_MANAGER: 'v1/',
  CLOUD_BILLING: 'v1/',
  CORE_BILLING: 'v1/',
  SERVICE_USAGE: 'v1/',
  LOGGING: 'v2/',
  MONITORING: '',
  PUBSUB: 'v1/',
};

export function variableOf(service: string): string {
  return `GOOGLE_${service}_CUSTOM_ENDPOINT`;
}

/** Where the sandbox responds that it lacks a service: without an endpoint, its calls would go to Google. */
export function missing(service: string): string {
  return `_missing/${service}/`;
}

/** The paths at which gcloud finds the APIs that the sandbox serves. */
const GCLOUD_SERVED: Readonly<Record<string, string>> = {
  CLOUDSCHEDULER: '',
  CLOUDRESOURCEMANAGER: '',
  IAM: '',
  LOGGING: '',
  CLOUDBILLING: '',
  COMPUTE: 'compute/v1/',
  MONITORING: '',
  PUBSUB: '',
  RUN: '',
  SERVICEUSAGE: '',
};

/**
 * Other APIs of commands that are used with scheduled jobs: targets, images, secrets, states, identities.
 * Source: `gcloud topic configurations`, section `api_endpoint_overrides`.
 */
const GCLOUD_MISSING = [
  'APPENGINE',
  'ARTIFACTREGISTRY',
  'CLOUDASSET',
  'CLOUDBUILD',
  'CLOUDFUNCTIONS',
  'CLOUDKMS',
  'CLOUDTASKS',
  'CLOUDERRORREPORTING',
  'EVENTARC',
  'IAMCREDENTIALS',
  'ORGPOLICY',
  'SECRETMANAGER',
  'SQL',
  'STORAGE',
  'WORKFLOWS',
] as const;

/** Credentials, impersonated accounts, projects, endpoints, other state, Terraform variables. */
const REMOVED_NAMES = ['TF_DATA_DIR', 'TF_WORKSPACE', 'USER_PROJECT_OVERRIDE'];
export const REMOVED_PREFIXES = [
  'GOOGLE_',
  'GCLOUD_',
  'CLOUDSDK_',
  'TF_CLOUD_',
  'TF_STATE_',
  'TF_VAR_',
  'TF_CLI_ARGS',
];
/** Variables that lead to a real project or state; named, for shells that cannot list them. */
export const WELL_KNOWN = [
  'TF_CLOUD_ORGANIZATION',
  'TF_CLOUD_HOSTNAME',
  'TF_CLOUD_PROJECT',
  'TF_STATE_BUCKET',
  'TF_VAR_project_id',
  'TF_CLI_ARGS',
  'TF_CLI_ARGS_plan',
  'TF_CLI_ARGS_apply',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_CREDENTIALS',
  'GOOGLE_CLOUD_KEYFILE_JSON',
  'GOOGLE_IMPERSONATE_SERVICE_ACCOUNT',
  'GOOGLE_PROJECT',
  'GOOGLE_CLOUD_PROJECT',
  'CLOUDSDK_CORE_ACCOUNT',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT',
];

/** These say how gcloud is started on this machine. */
export const KEPT = ['PYTHON', 'PYTHON_ARGS', 'PYTHON_SITEPACKAGES', 'ROOT_DIR'].map(
  (name) => `CLOUDSDK_${name}`,
);
