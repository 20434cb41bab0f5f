import path from 'node:path';

/** What the environment of a command in the sandbox is made from. */
export interface Place {
  /** Where the APIs are: `http://127.0.0.1:8085`. */
  readonly url: string;
  readonly projectId: string;
  readonly region: string;
  /** The sandbox's own directory, for Terraform's state and gcloud's configuration; temporary. */
  readonly directory: string;
}

/**
 * The variables that lead terraform, gcloud and Google's clients to the sandbox, and their state
 * into its directory.
 */
export function sandboxVariables({
  url,
  projectId,
  region,
  directory,
}: Place): Record<string, string> {
  return {
    // For calls of /_sandbox itself.
    SANDBOX_URL: url,
    GCP_PROJECT_ID: projectId,
    GCP_REGION: region,
    TF_STATE_DIR: path.join(directory, 'state'),
    // Below the folder of each stack, beside the real one's data, which stays as it is.
    TF_DATA_DIR: path.join('.terraform', 'sandbox'),
    // A sandbox has a state directory of its own, so what an earlier one left there is no conflict.
    TF_CLI_ARGS_init: '-reconfigure',
    GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
    GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: `${url}/v1/`,
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: `${url}/v2/`,
    GOOGLE_IAM_CUSTOM_ENDPOINT: `${url}/v1/`,
    // The same for google 7, which would look an account up at Google itself without it.
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

/** Whether a variable of the user's could lead a command out of the sandbox. */
export function isUnset(variable: string): boolean {
  return LEADING_OUT.test(variable) && !HARMLESS.test(variable);
}

/** The environment of a command in the sandbox, made from the user's. */
export function sandboxEnvironment(env: NodeJS.ProcessEnv, place: Place): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([variable]) => !isUnset(variable));
  return { ...Object.fromEntries(kept), ...sandboxVariables(place) };
}

/** Lines for a shell, which do to it what `sandboxEnvironment` does to a command. */
export function shellLines(env: NodeJS.ProcessEnv, place: Place): string[] {
  const set = sandboxVariables(place);
  const unset = Object.keys(env).filter(
    (variable) => isUnset(variable) && !(variable in set) && SHELL_NAME.test(variable),
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

/** Credentials, accounts to impersonate, projects, endpoints, state elsewhere, variables. */
const LEADING_OUT =
  /^(GOOGLE_|GCLOUD_|CLOUDSDK_|TF_CLOUD_|TF_STATE_|TF_VAR_|TF_CLI_ARGS|TF_DATA_DIR$|TF_WORKSPACE$|USER_PROJECT_OVERRIDE$)/;

/** How gcloud is started on this machine. */
const HARMLESS = /^CLOUDSDK_(PYTHON|PYTHON_ARGS|PYTHON_SITEPACKAGES|ROOT_DIR)$/;

/** Other names come from `env` alone; a shell can neither set nor unset them, and some stop at one. */
const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function quote(value: string): string {
  return /^[A-Za-z0-9_./:,@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
