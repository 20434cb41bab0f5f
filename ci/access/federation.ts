import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import type { Inputs } from './inputs';
import type { Identity } from './roles';

/** The pool of identities from outside; one for both of their issuers. */
export const POOL = 'scheduled-jobs';

/** The environment on GitHub that plans and checks run in. */
export const PLAN_ENVIRONMENT = 'plan';

/** Whose tokens Google takes, and for whom. */
export interface Provider {
  readonly id: string;
  readonly displayName: string;
  readonly issuer: string;
  /** The attribute that access is bound to, made from the token's claims. */
  readonly attribute: string;
  readonly claims: string;
  /** What every token must fulfil, whatever it is bound to. */
  readonly condition: string;
  /** The values of the attribute that may act as an identity. */
  readonly subjects: Readonly<Record<Identity, readonly string[]>>;
}

/** GitHub for the workflows, and HCP Terraform for its own runs where it has the state. */
export function providersFor(inputs: Inputs): Provider[] {
  const { state, hcpProject } = inputs;
  if (state.kind === 'gcs') {
    return [github(inputs, { plan: [PLAN_ENVIRONMENT], deploy: STAGE_NAMES })];
  }
  const host = state.hostname ?? 'app.terraform.io';
  const phase = (name: string): string[] =>
    STAGE_NAMES.map((stage) => `${stackName(stage)}/${name}`);
  return [
    // HCP Terraform changes Google Cloud itself, so GitHub only reads, also while it deploys.
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
 * The claims `repository` and `environment`, not `sub`, whose form a repository can change. A token
 * of a job without an environment has no such claim, and is refused.
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
