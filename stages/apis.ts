/** APIs that a stage's stack enables itself, because its resources need them. */
const STACK_APIS = ['cloudscheduler', 'logging', 'monitoring'] as const;

/** APIs that Terraform and `ops/` read from; enabled before the first deploy. */
const READ_APIS = ['run', 'iam', 'cloudresourcemanager', 'serviceusage'] as const;

/** APIs for the workflows' keyless identity. */
const IDENTITY_APIS = ['iamcredentials', 'sts'] as const;

export type StackApi = (typeof STACK_APIS)[number];
export type Api = StackApi | (typeof READ_APIS | typeof IDENTITY_APIS)[number];

/** What a project needs from the first deploy. The doctor checks it. */
export const PROJECT_APIS: readonly Api[] = [...STACK_APIS, ...READ_APIS];

/** What must be enabled before the workflows can deploy; their stacks enable the rest. */
export const WORKFLOW_APIS: readonly Api[] = [...READ_APIS, ...IDENTITY_APIS];

/** The service of an API, as in `gcloud services enable`: `run.googleapis.com`. */
export function serviceOf(api: Api): string {
  return `${api}.googleapis.com`;
}
