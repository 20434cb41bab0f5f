/** What an environment variable is for. */
export interface Variable {
  /** In Markdown. @default 'none' */
  readonly default?: string;
  /** In Markdown, without a period. */
  readonly meaning: string;
}

export type Variables = Readonly<Record<string, Variable>>;

const ENDPOINTS = Object.fromEntries(
  [
    'CLOUD_SCHEDULER',
    'CLOUD_RUN_V2',
    'IAM',
    'RESOURCE_MANAGER',
    'SERVICE_USAGE',
    'MONITORING',
    'LOGGING',
  ].map((api) => [
    `GOOGLE_${api}_CUSTOM_ENDPOINT`,
    { default: 'Google’s own', meaning: 'Endpoint of the API: https, or http on this machine' },
  ]),
);

/** Read by the recipes, besides the settings of the stacks in `stages/`. */
export const OF_RECIPES: Variables = {
  GOOGLE_OAUTH_ACCESS_TOKEN: {
    default: 'application-default credentials',
    meaning: 'Access token for Google’s APIs, as in the google provider',
  },
  GOOGLE_APPLICATION_CREDENTIALS: {
    default: 'gcloud’s',
    meaning: 'File with application-default credentials',
  },
  CLOUDSDK_CONFIG: {
    default: '`~/.config/gcloud`',
    meaning: 'gcloud’s configuration: who pauses a job',
  },
  CLOUDSDK_CORE_ACCOUNT: { meaning: 'gcloud’s account: who pauses a job' },
  CLOUDSDK_ACTIVE_CONFIG_NAME: { default: '`default`', meaning: 'gcloud’s active configuration' },
  TERRAFORM_BINARY_NAME: {
    default: '`terraform`',
    meaning: 'The command to run, as in CDKTF: `tofu`',
  },
  TF_DATA_DIR: {
    default: '`.terraform`',
    meaning: 'Terraform’s working data, in a stack’s folder',
  },
  TF_CLI_CONFIG_FILE: {
    default: '`~/.terraformrc`',
    meaning: 'Terraform’s CLI configuration: tokens, provider mirrors',
  },
  TERRAFORM_CONFIG: { meaning: 'Old name of `TF_CLI_CONFIG_FILE`' },
  TF_TOKEN_: {
    meaning: 'Followed by a host name (`TF_TOKEN_app_terraform_io`): token of HCP Terraform',
  },
  TF_VAR_: {
    meaning: 'Followed by a variable’s name (`TF_VAR_project_id`): wins over `GCP_PROJECT_ID`',
  },
  TF_FORCE_LOCAL_BACKEND: {
    meaning: 'Terraform plans on this machine also with HCP Terraform, as in Terraform',
  },
  NODE_EXTRA_CA_CERTS: { meaning: 'Certificates of a private Terraform Enterprise' },
  SSL_CERT_FILE: { meaning: 'The same for terraform' },
  HTTPS_PROXY: { meaning: 'Proxy for https, as in Terraform; lower case too' },
  HTTP_PROXY: { meaning: 'Proxy for http' },
  NO_PROXY: { meaning: 'Hosts that are called without a proxy' },
  NO_COLOR: { meaning: 'No colors, if not empty' },
  FORCE_COLOR: { meaning: 'Colors also where there is no terminal: `1`' },
  TERM: { meaning: '`dumb`: no colors, no line that is replaced' },
  CDKTF_OUTDIR: { default: '`cdktf.out`', meaning: 'Where synth writes, as in CDKTF' },
  SANDBOX_URL: { meaning: 'Set inside the sandbox: its address' },
  ...ENDPOINTS,
};

/** Read by the scripts of `ci/`, which the workflows set. */
export const OF_WORKFLOWS: Variables = {
  TF_API_TOKEN: { meaning: 'Secret: token of HCP Terraform, passed on as `TF_TOKEN_…`' },
  GITHUB_ACTIONS: { meaning: 'Set by GitHub' },
  GITHUB_API_URL: { meaning: 'Set by GitHub' },
  GITHUB_OUTPUT: { meaning: 'Set by GitHub' },
  GITHUB_REPOSITORY: { meaning: 'Set by GitHub' },
  GITHUB_RUN_ID: { meaning: 'Set by GitHub' },
  GITHUB_SERVER_URL: { meaning: 'Set by GitHub' },
  GITHUB_STEP_SUMMARY: { meaning: 'Set by GitHub' },
  GITHUB_TOKEN: { meaning: 'Set by GitHub: to read events and to comment' },
};

/** The rows of a table of variables, the head first. */
export function variableRows(variables: Variables): string[][] {
  return [
    ['Variable', 'Default', 'Meaning'],
    ...Object.entries(variables).map(([name, { default: fallback = 'none', meaning }]) => [
      `\`${name}${name.endsWith('_') ? '…' : ''}\``,
      fallback,
      meaning,
    ]),
  ];
}
