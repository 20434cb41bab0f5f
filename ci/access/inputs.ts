import type { Environment } from '../../stages/environment';
import { readSettings, type Mistake } from '../../stages/settings';
import type { StateSettings } from '../../stages/state';

/** The options of the command. */
export interface AccessOptions {
  readonly repository?: string;
  readonly hcpProject: string;
}

/** What the access is for. */
export interface Inputs {
  readonly projectId: string;
  readonly region: string;
  readonly appName: string;
  /** `OWNER/NAME` on GitHub. */
  readonly repository: string;
  /** Where the state is; never local, where no workflow finds it. */
  readonly state: Exclude<StateSettings, { kind: 'local' }>;
  /** The project in HCP Terraform that holds the workspaces. */
  readonly hcpProject: string;
}

export function readInputs(
  env: Environment,
  { repository = '', hcpProject }: AccessOptions,
): { inputs: Inputs } | { mistakes: Mistake[] } {
  const { settings, mistakes } = readSettings(env);
  const { projectId, region, appName, state } = settings;
  const found = [...mistakes, ...checkRepository(repository), ...checkHcpProject(hcpProject)];
  if (projectId === '') found.push(NO_PROJECT);
  if (state.kind === 'local') found.push(NO_STATE);
  if (found.length > 0 || state.kind === 'local') return { mistakes: found };
  return { inputs: { projectId, region, appName, repository, state, hcpProject } };
}

/** Source: the names that https://github.com/new takes */
function checkRepository(given: string): Mistake[] {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(given)) return [];
  return [
    {
      subject: '--repository',
      given: given === '' ? undefined : given,
      wrong: 'it is not a repository on GitHub',
      expected: 'OWNER/NAME',
      fix: 'write --repository my-organization/scheduled-jobs',
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
      wrong: 'it is not the name of a project in HCP Terraform',
      expected: '3 to 40 letters, digits, spaces, _ and -',
      fix: 'take the name from the list of projects of the organization',
    },
  ];
}

const NO_PROJECT: Mistake = {
  subject: 'GCP_PROJECT_ID',
  given: undefined,
  wrong: 'there is no project to give access to',
  expected: 'the id of a project',
  fix: 'export GCP_PROJECT_ID=my-project',
};

const NO_STATE: Mistake = {
  subject: 'TF_CLOUD_ORGANIZATION',
  given: undefined,
  wrong: 'the state would be local, where no workflow finds it',
  expected: 'TF_CLOUD_ORGANIZATION or TF_STATE_BUCKET',
  fix: 'export TF_CLOUD_ORGANIZATION=my-organization',
};
