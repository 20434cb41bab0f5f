import { serviceOf, WORKFLOW_APIS } from '../../stages/apis';
import { accountEmail, serviceAccountEmail, workerServiceName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { POOL, providersFor, type Provider } from './federation';
import type { Inputs } from './inputs';
import {
  ACCOUNT_ROLES,
  BUCKET_ROLES,
  DEPLOYER,
  GRANTER,
  IDENTITIES,
  PROJECT_ROLES,
  WORKER_ROLES,
  type CustomRole,
  type Identity,
  type Role,
} from './roles';

/** A gcloud command, which is safe to repeat. */
export interface Step {
  readonly why: string;
  /** Arguments of gcloud. */
  readonly command: readonly string[];
  /** Succeeds if what `command` creates exists already; then `ifExists` runs instead, if it is set. */
  readonly unless?: readonly string[];
  readonly ifExists?: readonly string[];
}

const NAMES = Object.keys(IDENTITIES) as Identity[];

/** All steps, in order. `projectNumber` may be a shell variable. */
export function stepsFor(inputs: Inputs, projectNumber: string): Step[] {
  return [
    enableApis(inputs),
    ...NAMES.map((name) => createAccount(inputs, name)),
    ...[GRANTER, DEPLOYER].map((role) => createRole(inputs, role)),
    ...NAMES.flatMap((name) => grantsOf(inputs, name)),
    createPool(inputs),
    ...providersFor(inputs).flatMap((provider) => [
      createProvider(inputs, provider),
      ...NAMES.flatMap((name) => allowToActAs(inputs, provider, name, projectNumber)),
    ]),
  ];
}

/** `scheduled-jobs-plan@my-project.iam.gserviceaccount.com` */
export function identityEmail({ projectId }: Inputs, name: Identity): string {
  return accountEmail(IDENTITIES[name].account, projectId);
}

export function projectNumberCommand({ projectId }: Inputs): string[] {
  return ['projects', 'describe', projectId, '--format=value(projectNumber)'];
}

function enableApis({ projectId }: Inputs): Step {
  return {
    why: 'The APIs for keyless identities, and those that terraform calls',
    command: ['services', 'enable', ...WORKFLOW_APIS.map(serviceOf), `--project=${projectId}`],
  };
}

function createAccount(inputs: Inputs, name: Identity): Step {
  const { account, displayName } = IDENTITIES[name];
  const project = `--project=${inputs.projectId}`;
  const accounts = ['iam', 'service-accounts'];
  return {
    why: `The service account for ${name}: ${displayName}`,
    unless: [...accounts, 'describe', identityEmail(inputs, name), project],
    command: [...accounts, 'create', account, `--display-name=${displayName}`, project],
  };
}

function createRole({ projectId }: Inputs, { id, title, permissions }: CustomRole): Step {
  const project = `--project=${projectId}`;
  const rest = [
    project,
    `--title=${title}`,
    `--permissions=${permissions.join(',')}`,
    '--stage=GA',
  ];
  return {
    why: `Custom role: ${title}`,
    unless: ['iam', 'roles', 'describe', id, project],
    command: ['iam', 'roles', 'create', id, ...rest],
    ifExists: ['iam', 'roles', 'update', id, ...rest, '--quiet'],
  };
}

function grantsOf(inputs: Inputs, name: Identity): Step[] {
  const { projectId, region, appName, state } = inputs;
  const member = `--member=serviceAccount:${identityEmail(inputs, name)}`;
  const binding = 'add-iam-policy-binding';
  const project = `--project=${projectId}`;
  const steps = (roles: readonly Role[], on: readonly string[], where: string): Step[] =>
    roles.map(({ role, why }) => ({
      why: `${name}, on ${where}: ${why}`,
      command: [...on, member, `--role=${roleName(inputs, role)}`],
    }));
  return [
    ...PROJECT_ROLES[name].flatMap((role) =>
      steps([role], ['projects', binding, projectId, '--condition=None'], 'the project'),
    ),
    ...STAGE_NAMES.flatMap((stage) => {
      const worker = workerServiceName(appName, stage);
      const account = serviceAccountEmail(appName, stage, projectId);
      const place = [`--region=${region}`, project];
      return [
        ...steps(WORKER_ROLES[name], ['run', 'services', binding, worker, ...place], worker),
        ...steps(
          ACCOUNT_ROLES[name],
          ['iam', 'service-accounts', binding, account, project],
          account,
        ),
      ];
    }),
    ...(state.kind === 'gcs'
      ? steps(
          BUCKET_ROLES[name],
          ['storage', 'buckets', binding, `gs://${state.bucket}`],
          "the state's bucket",
        )
      : []),
  ];
}

function createPool({ projectId }: Inputs): Step {
  const pools = ['iam', 'workload-identity-pools'];
  const place = ['--location=global', `--project=${projectId}`];
  return {
    why: 'Workload identity pool for identities outside Google',
    unless: [...pools, 'describe', POOL, ...place],
    command: [...pools, 'create', POOL, '--display-name=Scheduled jobs', ...place],
  };
}

function createProvider({ projectId }: Inputs, provider: Provider): Step {
  const { id, displayName, issuer, attribute, claims, condition } = provider;
  const providers = ['iam', 'workload-identity-pools', 'providers'];
  const place = [`--workload-identity-pool=${POOL}`, '--location=global', `--project=${projectId}`];
  const rest = [
    `--issuer-uri=${issuer}`,
    `--attribute-mapping=google.subject=assertion.sub,attribute.${attribute}=${claims}`,
    `--attribute-condition=${condition}`,
  ];
  return {
    why: `Accept tokens of ${displayName} that meet the attribute condition`,
    unless: [...providers, 'describe', id, ...place],
    command: [...providers, 'create-oidc', id, ...place, `--display-name=${displayName}`, ...rest],
    ifExists: [...providers, 'update-oidc', id, ...place, ...rest],
  };
}

function allowToActAs(
  inputs: Inputs,
  { displayName, attribute, subjects }: Provider,
  name: Identity,
  projectNumber: string,
): Step[] {
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${POOL}`;
  return subjects[name].map((subject) => ({
    why: `Allow ${subject} (${displayName}) to act as ${name}`,
    command: [
      ...['iam', 'service-accounts', 'add-iam-policy-binding', identityEmail(inputs, name)],
      `--project=${inputs.projectId}`,
      `--member=principalSet://iam.googleapis.com/${pool}/attribute.${attribute}/${subject}`,
      '--role=roles/iam.workloadIdentityUser',
    ],
  }));
}

function roleName({ projectId }: Inputs, role: Role['role']): string {
  return typeof role === 'string' ? role : `projects/${projectId}/roles/${role.id}`;
}
