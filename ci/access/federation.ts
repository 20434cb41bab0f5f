import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import type { Inputs } from './inputs';
import type { Identity } from './roles';

/** The workload identity pool, shared by both issuers. */
export const POOL = 'scheduled-jobs';

/** The GitHub environment of plans and checks. */
export const PLAN_ENVIRONMENT = 'plan';

/** A token issuer that Google trusts, and who may act as which identity with its tokens. */
export interface Provider {
  readonly id: string;
  readonly displayName: string;
  readonly issuer: string;
  /** The attribute that access is granted to, and the claims that it is derived from. */
  readonly attribute: string;
  readonly claims: string;
  /** Every token must meet this condition. */
  readonly condition: string;
  /** The values of the attribute that may act as each identity. */
  readonly subjects: Readonly<Record<Identity, readonly string[]>>;
}

/** GitHub for the workflows, and HCP Terraform for its own runs if it has the state. */
export function providersFor(inputs: Inputs): Provider[] {
  const { state, hcpProject } = inputs;
  if (state.kind === 'gcs') {
    return [github(inputs, { plan: [PLAN_ENVIRONMENT], deploy: STAGE_NAMES })];
  }
  const host = state.hostname ?? 'app.terraform.io';
  const phase = (name: string): string[] =>
    STAGE_NAMES.map((stage) => `${stackName(stage)}/${name}`);
  return [
    // HCP Terraform itself changes Google Cloud, so GitHub only reads, even during a deploy.
    github(inputs, { plan: [PLAN_ENVIRONMENT, ...STAGE_NAMES], deploy: [] }),
    {
      id: 'hcp-terraform',
      displayName: 'HCP Terraform',
      issuer: `https://${host}`,
      attribute: 'workspace_phase',
      claims: 'assertion.terraform_workspace_name + "/" + assertion.terraform_run_phase',
      condition:
        `assertion.terraform_organization_name == "${state.organization}" && ` +
        `assertion.terraform_project_name == "${hcpProject}"`,
      subjects: { plan: phase('plan'), deploy: phase('apply') },
    },
  ];
}

/**
 * Uses the claims `repository` and `environment`, not `sub`, whose format a repository can change. A
 * job without an environment has no such claim in its token, which is then rejected.
 *
 * Source: https://docs.github.com/en/actions/reference/security/oidc
 */
function github(
  { repository }: Inputs,
  environments: Readonly<Record<Identity, readonly string[]>>,
): Provider {
  const subjects = (identity: Identity): string[] =>
    environments[identity].map((environment) => `${repository}/${environment}`);
  return {
    id: 'github',
    displayName: 'GitHub',
    issuer: 'https://token.actions.githubusercontent.com',
    attribute: 'repository_environment',
    claims: 'assertion.repository + "/" + assertion.environment',
    condition:
      `assertion.repository == "${repository}" && ` +
      `assertion.environment in ${JSON.stringify([...environments.plan, ...environments.deploy])}`,
    subjects: { plan: subjects('plan'), deploy: subjects('deploy') },
  };
}
