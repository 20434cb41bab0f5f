import path from 'node:path';

/** What the environment of a command in the sandbox is derived from. */
export interface Place {
  /** Base URL of the APIs: `http://127.0.0.1:8085`. */
  readonly url: string;
  readonly projectId: string;
  readonly region: string;
  /** The sandbox's own temporary directory, for Terraform's state and gcloud's configuration. */
  readonly directory: string;
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
    GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: `${url}/v1/`,
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: `${url}/v2/`,
    GOOGLE_IAM_CUSTOM_ENDPOINT: `${url}/v1/`,
    // The same for google 7, which would otherwise look up accounts at Google.
    GOOGLE_IAM_BETA_CUSTOM_ENDPOINT: `${url}/v1/`,
    GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: `${url}/v1/`,
    GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT: `${url}/v3/`,
    GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: `${url}/v1/`,
    GOOGLE_LOGGING_CUSTOM_ENDPOINT: `${url}/v2/`,
    GOOGLE_MONITORING_CUSTOM_ENDPOINT: `${url}/`,
    CLOUDSDK_AUTH_ACCESS_TOKEN: TOKEN,
    CLOUDSDK_CONFIG: path.join(directory, 'gcloud'),
    CLOUDSDK_CORE_PROJECT: projectId,
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: '1',
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: '1',
    ...Object.fromEntries(
      GCLOUD_APIS.map((api) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api}`, `${url}/`]),
    ),
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  };
}

/** Whether a variable could point a command outside the sandbox, and is therefore removed. */
export function isRemoved(variable: string): boolean {
  return REMOVED.test(variable) && !KEPT.test(variable);
}

/** The environment of a command in the sandbox, derived from the user's. */
export function sandboxEnvironment(env: NodeJS.ProcessEnv, place: Place): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([variable]) => !isRemoved(variable));
  return { ...Object.fromEntries(kept), ...sandboxVariables(place) };
}

/** Shell commands with the same effect on a shell as `sandboxEnvironment` has on a command. */
export function shellLines(env: NodeJS.ProcessEnv, place: Place): string[] {
  const set = sandboxVariables(place);
  const unset = Object.keys(env).filter(
    (variable) => isRemoved(variable) && !(variable in set) && SHELL_NAME.test(variable),
  );
  return [
    ...(unset.length > 0 ? [`unset ${unset.sort().join(' ')}`] : []),
    ...Object.entries(set).map(([variable, value]) => `export ${variable}=${quote(value)}`),
  ];
}

const TOKEN = 'sandbox-token';

const GCLOUD_APIS = [
  'CLOUDSCHEDULER',
  'CLOUDRESOURCEMANAGER',
  'IAM',
  'LOGGING',
  'MONITORING',
  'RUN',
  'SERVICEUSAGE',
] as const;

/** Credentials, impersonated accounts, projects, endpoints, other state, Terraform variables. */
const REMOVED =
  /^(GOOGLE_|GCLOUD_|CLOUDSDK_|TF_CLOUD_|TF_STATE_|TF_VAR_|TF_CLI_ARGS|TF_DATA_DIR$|TF_WORKSPACE$|USER_PROJECT_OVERRIDE$)/;

/** These say how gcloud is started on this machine. */
const KEPT = /^CLOUDSDK_(PYTHON|PYTHON_ARGS|PYTHON_SITEPACKAGES|ROOT_DIR)$/;

/** Names that a shell can set and unset. Some shells abort at any other name, which only `env` can set. */
const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function quote(value: string): string {
  return /^[A-Za-z0-9_./:,@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
