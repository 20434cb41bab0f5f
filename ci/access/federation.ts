import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { DOCTOR, PLAN, deployerOf, type Identity } from './identities';
import type { Inputs } from './inputs';

/** The workload identity pool, shared by both issuers. */
export const POOL = 'scheduled-jobs';

/** The GitHub environments of plans and of the morning check; each stage has one of its own. */
export const PLAN_ENVIRONMENT = 'plan';
export const DOCTOR_ENVIRONMENT = 'doctor';

const MAIN = 'refs/heads/main';

/** The values of a provider's attribute that may act as an identity. */
export interface Subjects {
  readonly identity: Identity;
  readonly subjects: readonly string[];
}

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
  readonly allowed: readonly Subjects[];
}

/**
 * GitHub for the workflows, and HCP Terraform for its own runs if it has the state.
 *
 * @param repositoryId - GitHub's number of the repository; may be a shell variable
 */
export function providersFor(inputs: Inputs, repositoryId: string): Provider[] {
  const { state, hcpProject } = inputs;
  const deployers = STAGE_NAMES.map((stage) => ({ stage, identity: deployerOf(stage) }));
  if (state.kind === 'gcs') {
    return [
      github(inputs, repositoryId, {
        plans: [],
        deploys: deployers.map(({ stage, identity }) => ({ identity, subjects: [onMain(stage)] })),
      }),
    ];
  }
  const host = state.hostname ?? 'app.terraform.io';
  return [
    // HCP Terraform itself changes Google Cloud, so GitHub only reads, even during a deploy.
    github(inputs, repositoryId, { plans: STAGE_NAMES.map(onMain), deploys: [] }),
    {
      id: 'hcp-terraform',
      displayName: 'HCP Terraform',
      issuer: `https://${host}`,
      attribute: 'workspace_phase',
      claims: 'assertion.terraform_workspace_name + "/" + assertion.terraform_run_phase',
      condition:
        `assertion.terraform_organization_name == "${state.organization}" && ` +
        `assertion.terraform_project_name == "${hcpProject}"`,
      allowed: [
        { identity: PLAN, subjects: STAGE_NAMES.map((stage) => `${stackName(stage)}/plan`) },
        ...deployers.map(({ stage, identity }) => ({
          identity,
          subjects: [`${stackName(stage)}/apply`],
        })),
      ],
    },
  ];
}

function onMain(environment: string): string {
  return `${environment}/${MAIN}`;
}

/**
 * Uses claims, not `sub`, whose format a repository can change. The name of a deleted repository can be
 * taken by someone else, its number cannot. An environment's own rule for branches is an administrator's
 * to change, so the branch is checked here too. A job without an environment has no such claim in its
 * token, which is then rejected. `pull_request_target` runs on main with what a stranger sent, so its
 * name takes the place of the branch.
 *
 * Source: https://docs.github.com/en/actions/reference/security/oidc
 */
function github(
  { repository }: Inputs,
  repositoryId: string,
  { plans, deploys }: { plans: readonly string[]; deploys: readonly Subjects[] },
): Provider {
  const environments = [PLAN_ENVIRONMENT, DOCTOR_ENVIRONMENT, ...STAGE_NAMES];
  return {
    id: 'github',
    displayName: 'GitHub',
    issuer: 'https://token.actions.githubusercontent.com',
    attribute: 'caller',
    claims:
      'assertion.environment + "/" + ' +
      '(assertion.event_name.startsWith("pull_request") ? assertion.event_name : assertion.ref)',
    condition:
      `assertion.repository == "${repository}" && assertion.repository_id == "${repositoryId}" && ` +
      `(assertion.environment == "${PLAN_ENVIRONMENT}" && assertion.event_name == "pull_request" || ` +
      `assertion.environment in ${JSON.stringify(environments)} && assertion.ref == "${MAIN}")`,
    allowed: [
      {
        identity: PLAN,
        subjects: [`${PLAN_ENVIRONMENT}/pull_request`, onMain(PLAN_ENVIRONMENT), ...plans],
      },
      { identity: DOCTOR, subjects: [onMain(DOCTOR_ENVIRONMENT)] },
      ...deploys,
    ],
  };
}
