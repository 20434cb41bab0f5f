import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { DOCTOR_ENVIRONMENT, POOL } from './federation';
import { deployerOf, DOCTOR, PLAN } from './identities';
import type { Inputs } from './inputs';
import { identityEmail } from './steps';

/** Describes the variables that someone must then set on GitHub and in HCP Terraform. */
export function describeSettings(inputs: Inputs, projectNumber: string): string[] {
  const { projectId, region, appName, state } = inputs;
  const provider = (id: string): string =>
    `projects/${projectNumber}/locations/global/workloadIdentityPools/${POOL}/providers/${id}`;
  const cloud = state.kind === 'cloud';
  return [
    'GitHub repository variables:',
    `  GCP_PROJECT_ID=${projectId}`,
    `  GCP_REGION=${region}`,
    `  GCP_APP_NAME=${appName}`,
    cloud ? `  TF_CLOUD_ORGANIZATION=${state.organization}` : `  TF_STATE_BUCKET=${state.bucket}`,
    ...(cloud && state.hostname !== undefined ? [`  TF_CLOUD_HOSTNAME=${state.hostname}`] : []),
    `  WORKLOAD_IDENTITY_PROVIDER=${provider('github')}`,
    `  SERVICE_ACCOUNT=${identityEmail(inputs, PLAN)}`,
    "GitHub environment variables, which override the repository's:",
    `  ${DOCTOR_ENVIRONMENT}: SERVICE_ACCOUNT=${identityEmail(inputs, DOCTOR)}`,
    ...(cloud
      ? hcpSettings(inputs, provider('hcp-terraform'))
      : STAGE_NAMES.map(
          (stage) => `  ${stage}: SERVICE_ACCOUNT=${identityEmail(inputs, deployerOf(stage))}`,
        )),
  ];
}

function hcpSettings(inputs: Inputs, provider: string): string[] {
  return [
    `HCP Terraform environment variables of the workspaces ${STAGE_NAMES.map(stackName).join(', ')}:`,
    '  TFC_GCP_PROVIDER_AUTH=true',
    `  TFC_GCP_WORKLOAD_PROVIDER_NAME=${provider}`,
    `  TFC_GCP_PLAN_SERVICE_ACCOUNT_EMAIL=${identityEmail(inputs, PLAN)}`,
    ...STAGE_NAMES.map(
      (stage) =>
        `  ${stackName(stage)}: TFC_GCP_APPLY_SERVICE_ACCOUNT_EMAIL=${identityEmail(inputs, deployerOf(stage))}`,
    ),
  ];
}
