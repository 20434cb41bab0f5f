import { serviceOf, WORKFLOW_APIS } from '../../stages/apis';
import {
  accountEmail,
  serviceAccountEmail,
  stackName,
  webServiceName,
  workerServiceName,
} from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import { POOL, providersFor, type Provider } from './federation';
import { accountIdOf, IDENTITIES, type Identity } from './identities';
import type { Inputs } from './inputs';
import { BUCKET_ROLES, CUSTOM_ROLES, roleOf, type CustomPlace, type CustomRole } from './roles';

/** A gcloud command, which is safe to repeat. */
export interface Step {
  readonly why: string;
  /** Arguments of gcloud. */
  readonly command: readonly string[];
  /** Succeeds if what `command` creates exists already; then `ifExists` runs instead, if it is set. */
  readonly unless?: readonly string[];
  readonly ifExists?: readonly string[];
}

/** Numbers that must be looked up; each may be a shell variable. */
export interface Numbers {
  readonly projectNumber: string;
  readonly repositoryId: string;
}

/** All steps, in order. */
export function stepsFor(inputs: Inputs, { projectNumber, repositoryId }: Numbers): Step[] {
  return [
    enableApis(inputs),
    ...IDENTITIES.map((identity) => createAccount(inputs, identity)),
    ...CUSTOM_ROLES.map((role) => createRole(inputs, role)),
    ...IDENTITIES.flatMap((identity) => grantsOf(inputs, identity)),
    createPool(inputs),
    ...providersFor(inputs, repositoryId).flatMap((provider) => [
      createProvider(inputs, provider),
      ...allowToActAs(inputs, provider, projectNumber),
    ]),
  ];
}

/** `scheduled-jobs-plan@my-project.iam.gserviceaccount.com` */
export function identityEmail({ projectId }: Inputs, identity: Identity): string {
  return accountEmail(accountIdOf(identity), projectId);
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

function createAccount(inputs: Inputs, identity: Identity): Step {
  const { name, displayName } = identity;
  const project = `--project=${inputs.projectId}`;
  const accounts = ['iam', 'service-accounts'];
  return {
    why: `The service account for ${name}: ${displayName}`,
    unless: [...accounts, 'describe', identityEmail(inputs, identity), project],
    command: [
      ...accounts,
      'create',
      accountIdOf(identity),
      `--display-name=${displayName}`,
      project,
    ],
  };
}

function createRole({ projectId }: Inputs, { id, title, permissions, whys }: CustomRole): Step {
  const project = `--project=${projectId}`;
  const rest = [
    project,
    `--title=${title}`,
    `--permissions=${permissions.join(',')}`,
    '--stage=GA',
  ];
  return {
    why: `${title}: ${whys.join('; ')}`,
    unless: ['iam', 'roles', 'describe', id, project],
    command: ['iam', 'roles', 'create', id, ...rest],
    ifExists: ['iam', 'roles', 'update', id, ...rest, '--quiet'],
  };
}

const BIND = 'add-iam-policy-binding';

function grantsOf(inputs: Inputs, identity: Identity): Step[] {
  const { projectId, region, appName } = inputs;
  const member = memberOf(inputs, identity);
  const project = `--project=${projectId}`;
  const grant = (place: CustomPlace, on: string, command: readonly string[]): Step => {
    const { id } = roleOf(identity.kind, place);
    const role = `--role=projects/${projectId}/roles/${id}`;
    return {
      why: `${identity.name}, on ${on}`,
      command: [...command, member, role],
    };
  };
  return [
    grant('project', 'the project', ['projects', BIND, projectId, '--condition=None']),
    ...identity.stages.flatMap((stage) => [
      ...servicesOf(identity, appName, stage).map((name) =>
        grant('service', name, [
          ...['run', 'services', BIND, name],
          ...[`--region=${region}`, project],
        ]),
      ),
      grant('account', `the account of ${stage}`, [
        ...['iam', 'service-accounts', BIND, serviceAccountEmail(appName, stage, projectId)],
        project,
      ]),
      ...grantState(inputs, identity, stage),
    ]),
  ];
}

/** The doctor also looks at the web service, for which a worker is mistaken when it starts as one. */
function servicesOf({ kind }: Identity, appName: string, stage: StageName): string[] {
  const worker = workerServiceName(appName, stage);
  return kind === 'doctor' ? [worker, webServiceName(appName, stage)] : [worker];
}

/**
 * The objects below a stage's prefix, and listing them. The bucket must have uniform access, without
 * which conditions do not apply.
 *
 * Source: https://cloud.google.com/storage/docs/access-control/iam#conditions
 */
function grantState(inputs: Inputs, identity: Identity, stage: StageName): Step[] {
  const { state } = inputs;
  if (state.kind !== 'gcs') return [];
  const prefix = `${stackName(stage)}/`;
  const expression =
    `resource.name.startsWith("projects/_/buckets/${state.bucket}/objects/${prefix}") || ` +
    `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("${prefix}")`;
  return [
    {
      why: `${identity.name}, on the state of ${stage}: ${identity.kind === 'deploy' ? 'locks and writes it' : 'reads it without locking it'}`,
      command: [
        ...['storage', 'buckets', BIND, `gs://${state.bucket}`],
        memberOf(inputs, identity),
        `--role=${BUCKET_ROLES[identity.kind]}`,
        // With a delimiter of its own, since the expression has commas.
        `--condition=^;^title=${stackName(stage)};expression=${expression}`,
      ],
    },
  ];
}

function memberOf(inputs: Inputs, identity: Identity): string {
  return `--member=serviceAccount:${identityEmail(inputs, identity)}`;
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

function allowToActAs(inputs: Inputs, provider: Provider, projectNumber: string): Step[] {
  const { displayName, attribute, allowed } = provider;
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${POOL}`;
  return allowed.flatMap(({ identity, subjects }) =>
    subjects.map((subject) => ({
      why: `Allow ${subject} (${displayName}) to act as ${identity.name}`,
      command: [
        ...['iam', 'service-accounts', BIND, identityEmail(inputs, identity)],
        `--project=${inputs.projectId}`,
        `--member=principalSet://iam.googleapis.com/${pool}/attribute.${attribute}/${subject}`,
        '--role=roles/iam.workloadIdentityUser',
      ],
    })),
  );
}
