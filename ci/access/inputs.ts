import type { Environment } from '../../stages/environment';
import { readSettings, type Mistake } from '../../stages/settings';
import type { StateSettings } from '../../stages/state';

/** The command's options. */
export interface AccessOptions {
  readonly repository?: string;
  readonly repositoryId?: string;
  readonly hcpProject: string;
}

/** Whom to give access, and to what. */
export interface Inputs {
  readonly projectId: string;
  readonly region: string;
  readonly appName: string;
  /** `OWNER/NAME` on GitHub. */
  readonly repository: string;
  /** GitHub's number of the repository. @default - GitHub is asked, with `gh` */
  readonly repositoryId: string | undefined;
  /** Where the state is; never local, where workflows cannot reach it. */
  readonly state: Exclude<StateSettings, { kind: 'local' }>;
  /** The HCP Terraform project of the workspaces. */
  readonly hcpProject: string;
}

export function readInputs(
  env: Environment,
  { repository = '', repositoryId, hcpProject }: AccessOptions,
): { inputs: Inputs } | { mistakes: Mistake[] } {
  const { settings, mistakes } = readSettings(env);
  const { projectId, region, appName, state } = settings;
  const found = [
    ...mistakes,
    ...checkRepository(repository),
    ...checkRepositoryId(repositoryId),
    ...checkHcpProject(hcpProject),
  ];
  if (projectId === '') found.push(NO_PROJECT);
  if (state.kind === 'local') found.push(NO_STATE);
  if (found.length > 0 || state.kind === 'local') return { mistakes: found };
  return { inputs: { projectId, region, appName, repository, repositoryId, state, hcpProject } };
}

/** Source: the names that https://github.com/new accepts */
function checkRepository(given: string): Mistake[] {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(given)) return [];
  const fix = 'write --repository my-organization/scheduled-jobs';
  if (given === '') {
    return [{ subject: '--repository', given: undefined, expected: 'OWNER/NAME', fix }];
  }
  return [{ subject: '--repository', given, wrong: 'must be OWNER/NAME on GitHub', fix }];
}

function checkRepositoryId(given: string | undefined): Mistake[] {
  if (given === undefined || /^\d{1,20}$/.test(given)) return [];
  return [
    {
      subject: '--repository-id',
      given,
      wrong: 'must be a number',
      fix: 'run gh api repos/OWNER/NAME --jq .id, or omit it to have that run',
    },
  ];
}

/** Source: https://developer.hashicorp.com/terraform/cloud-docs/api-docs/projects */
function checkHcpProject(given: string): Mistake[] {
  if (/^[A-Za-z0-9 _-]{3,40}$/.test(given)) return [];
  return [
    {
      subject: '--hcp-project',
      given,
      wrong: 'must be 3-40 letters, digits, spaces, underscores or hyphens',
      fix: "copy the name from the organization's list of projects",
    },
  ];
}

const NO_PROJECT: Mistake = {
  subject: 'GCP_PROJECT_ID',
  given: undefined,
  expected: 'project ID',
  fix: 'export GCP_PROJECT_ID=my-project',
};

const NO_STATE: Mistake = {
  subject: 'TF_CLOUD_ORGANIZATION',
  given: undefined,
  wrong: 'workflows cannot use a local state',
  fix: 'export TF_CLOUD_ORGANIZATION=my-organization, or TF_STATE_BUCKET=my-bucket',
};
