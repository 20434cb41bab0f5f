import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CALLS } from '../../../ci/access/calls';
import { accountIdOf, IDENTITIES, KINDS } from '../../../ci/access/identities';
import { readInputs } from '../../../ci/access/inputs';
import { stepsFor } from '../../../ci/access/steps';
import { BUCKET_ROLES, CUSTOM_ROLES, permissionsOf } from '../../../ci/access/roles';
import type { Outcome } from '../../../lib/run-process';
import { STAGE_NAMES } from '../../../stages/stages';
import { bareEnvironment, ROOT } from '../../ops/support';
import { temporaryFolder } from '../../support/temporary-folder';
import { findCall } from './find-call';

// The command runs in its own process.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

const HCP = { GCP_PROJECT_ID: 'my-project', TF_CLOUD_ORGANIZATION: 'my-org' };
const BUCKET = { GCP_PROJECT_ID: 'my-project', TF_STATE_BUCKET: 'my-bucket' };
const REPOSITORY = ['--repository', 'acme/jobs', '--repository-id', '42'];

function access(env: NodeJS.ProcessEnv, ...args: string[]): Outcome {
  return spawnSync('node', ['lib/launch/main.js', 'ci/access/main.ts', ...args], {
    cwd: ROOT,
    env: bareEnvironment(env),
    encoding: 'utf8',
  });
}

interface Gcloud {
  readonly env: NodeJS.ProcessEnv;
  /** The calls so far, each an array of arguments. */
  calls(): string[][];
}

/**
 * A `gcloud` that records its arguments. What matches `existing` exists when it is described; what
 * matches `fails` is denied.
 */
function stubGcloud(existing: string, fails = '^$'): Gcloud {
  const folder = temporaryFolder();
  const log = path.join(folder, 'calls');
  fs.writeFileSync(log, '');
  // In bash, because --apply calls it about fifty times, and twenty starts of node take a second.
  const script = `#!/usr/bin/env bash
{ printf '%s\\0' "$@"; echo; } >>'${log}'
line="$*"
existing='${existing}'
fails='${fails}'
if [[ $line == 'projects describe'* ]]; then echo 123456789
elif [[ $line =~ $fails ]]; then
  echo 'ERROR: (gcloud) PERMISSION_DENIED: denied.' >&2
  exit 1
elif [[ " $line " == *' describe '* ]]; then [[ $line =~ $existing ]]
fi
`;
  fs.writeFileSync(path.join(folder, 'gcloud'), script, { mode: 0o755 });
  const { PATH = '' } = process.env;
  return {
    env: { PATH: `${folder}${path.delimiter}${PATH}` },
    calls: () =>
      fs
        .readFileSync(log, 'utf8')
        .split('\0\n')
        .slice(0, -1)
        .map((call) => call.split('\0')),
  };
}

/** The commands that the script prints and `--apply` runs; a test below shows that these are the same. */
function commandsFor(env: NodeJS.ProcessEnv): (readonly string[])[] {
  const read = readInputs(env, { repository: 'acme/jobs', repositoryId: '42', hcpProject: 'Jobs' });
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  const numbers = { projectNumber: '123456789', repositoryId: '42' };
  return stepsFor(read.inputs, numbers).map(({ command }) => command);
}

/** The calls that change something. */
function changes(calls: readonly string[][]): string[][] {
  return calls.filter((args) => !args.includes('describe'));
}

describe('without --apply', () => {
  it('prints a valid bash script, and does not run gcloud', () => {
    const gcloud = stubGcloud('^$');
    const { status, stdout } = access({ ...HCP, ...gcloud.env }, ...REPOSITORY);
    expect(status).toBe(0);
    expect(gcloud.calls()).toEqual([]);
    expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
  });

  it.each([
    ['HCP Terraform', 'nothing', HCP, '^$'],
    ['HCP Terraform', 'everything', HCP, '.'],
    ['a bucket', 'nothing', BUCKET, '^$'],
  ])('prints what --apply runs, with %s, if %s exists', (_, __, env, existing) => {
    const printed = stubGcloud(existing);
    const { stdout } = access(env, ...REPOSITORY);
    const ran = spawnSync('bash', { input: stdout, env: bareEnvironment(printed.env) });
    expect(ran.status).toBe(0);
    const applied = stubGcloud(existing);
    expect(access({ ...env, ...applied.env }, ...REPOSITORY, '--apply').status).toBe(0);
    expect(applied.calls().length).toBeGreaterThan(30);
    expect(applied.calls()).toEqual(printed.calls());
  });
});

describe('with --apply', () => {
  it('creates what is missing, and prints the variables to set', () => {
    const gcloud = stubGcloud('^$');
    const { stdout } = access({ ...HCP, ...gcloud.env }, ...REPOSITORY, '--apply');
    const created = changes(gcloud.calls()).filter((args) =>
      args.some((arg) => arg.startsWith('create')),
    );
    expect(created.map((args) => args.slice(0, 5).join(' '))).toEqual([
      ...['plan', 'doctor', ...STAGE_NAMES.map((stage) => `deploy-${stage}`)].map(
        (name) =>
          expect.stringContaining(`iam service-accounts create scheduled-jobs-${name}`) as string,
      ),
      ...CUSTOM_ROLES.map(({ id }) => expect.stringContaining(`iam roles create ${id}`) as string),
      expect.stringContaining('iam workload-identity-pools create scheduled-jobs'),
      expect.stringContaining('iam workload-identity-pools providers create-oidc github'),
      expect.stringContaining('iam workload-identity-pools providers create-oidc hcp-terraform'),
    ]);
    expect(stdout).toContain(
      'WORKLOAD_IDENTITY_PROVIDER=projects/123456789/locations/global/workloadIdentityPools/scheduled-jobs/providers/github',
    );
    for (const stage of STAGE_NAMES) {
      expect(stdout).toContain(
        `  validibot-${stage}: TFC_GCP_APPLY_SERVICE_ACCOUNT_EMAIL=scheduled-jobs-deploy-${stage}@my-project`,
      );
    }
    expect(stdout).toContain('  doctor: SERVICE_ACCOUNT=scheduled-jobs-doctor@my-project');
  });

  it('with a bucket, prints the variable of each environment', () => {
    const { stdout } = access(BUCKET, ...REPOSITORY);
    for (const stage of STAGE_NAMES) {
      expect(stdout).toContain(
        `#   ${stage}: SERVICE_ACCOUNT=scheduled-jobs-deploy-${stage}@my-project`,
      );
    }
  });

  it("asks GitHub for the repository's number", () => {
    const gcloud = stubGcloud('^$');
    const gh = path.join(gcloud.env.PATH?.split(path.delimiter)[0] ?? '', 'gh');
    fs.writeFileSync(gh, '#!/bin/sh\n[ "$*" = "api repos/acme/jobs --jq .id" ] && echo 4711\n', {
      mode: 0o755,
    });
    const condition = expect.arrayContaining([
      expect.stringContaining('assertion.repository_id == "4711"'),
    ]) as string[];
    const ended = access({ ...HCP, ...gcloud.env }, '--repository', 'acme/jobs', '--apply');
    expect(ended.stderr).toBe('');
    expect(gcloud.calls()).toContainEqual(condition);
    const { stdout } = access(HCP, '--repository', 'acme/jobs');
    const ran = spawnSync('bash', { input: stdout, env: bareEnvironment(gcloud.env) });
    expect(ran.status).toBe(0);
    expect(gcloud.calls().filter((args) => args.join().includes('"4711"'))).toHaveLength(2);
  });

  it('runs nothing without that number', () => {
    const gcloud = stubGcloud('^$');
    fs.writeFileSync(path.join(gcloud.env.PATH?.split(path.delimiter)[0] ?? '', 'gh'), 'exit 4\n', {
      mode: 0o755,
    });
    const ended = access({ ...HCP, ...gcloud.env }, '--repository', 'acme/jobs', '--apply');
    expect(ended.stderr).toContain(
      "GitHub's number of acme/jobs is not known, so nothing was run: ",
    );
    expect(ended.stderr).toContain('Fix: pass --repository-id NUMBER');
    expect(ended.status).toBe(1);
    expect(changes(gcloud.calls())).toEqual([]);
  });

  it('creates nothing that exists, and updates what may have changed', () => {
    const gcloud = stubGcloud('.');
    access({ ...HCP, ...gcloud.env }, ...REPOSITORY, '--apply');
    const verbs = changes(gcloud.calls()).map((args) =>
      args.find((arg) => /^(create|update)/.test(arg)),
    );
    expect(verbs.filter(Boolean)).toEqual([
      ...CUSTOM_ROLES.map(() => 'update'),
      ...['update-oidc', 'update-oidc'],
    ]);
  });

  it('stops at the first failing command, and says that it is safe to repeat', () => {
    const gcloud = stubGcloud('^$', 'roles create');
    const { status, stderr } = access({ ...HCP, ...gcloud.env }, ...REPOSITORY, '--apply');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'failed; the remaining commands were not run:\n' +
        'ERROR: (gcloud) PERMISSION_DENIED: denied.\n' +
        'Fix: resolve that error, then run the same command again; it is safe to repeat\n',
    );
    expect(gcloud.calls().at(-1)).toEqual(
      expect.arrayContaining(['roles', 'create', CUSTOM_ROLES[0]?.id]),
    );
  });
});

describe('who may act', () => {
  const members = (env: NodeJS.ProcessEnv): string[] =>
    commandsFor(env)
      .filter((args) => args.includes('--role=roles/iam.workloadIdentityUser'))
      .map((args) => {
        const [, value = ''] =
          /attribute\.(.*)$/.exec(args.join(' ').split(' --role')[0] ?? '') ?? [];
        return `${args[3]?.split('@')[0] ?? ''} <- ${value}`;
      });

  const onMain = (name: string) => `caller/${name}/refs/heads/main`;

  it('with HCP Terraform, lets its plans read and each apply deploy its stage, and GitHub only read', () => {
    expect(members(HCP)).toEqual([
      ...['caller/plan/pull_request', onMain('plan'), ...STAGE_NAMES.map(onMain)].map(
        (caller) => `scheduled-jobs-plan <- ${caller}`,
      ),
      `scheduled-jobs-doctor <- ${onMain('doctor')}`,
      ...STAGE_NAMES.map((s) => `scheduled-jobs-plan <- workspace_phase/validibot-${s}/plan`),
      ...STAGE_NAMES.map(
        (s) => `scheduled-jobs-deploy-${s} <- workspace_phase/validibot-${s}/apply`,
      ),
    ]);
  });

  it('with a bucket, lets each environment deploy its own stage, from main', () => {
    expect(members(BUCKET)).toEqual([
      'scheduled-jobs-plan <- caller/plan/pull_request',
      `scheduled-jobs-plan <- ${onMain('plan')}`,
      `scheduled-jobs-doctor <- ${onMain('doctor')}`,
      ...STAGE_NAMES.map((s) => `scheduled-jobs-deploy-${s} <- ${onMain(s)}`),
    ]);
  });

  it('passes the host of Terraform Enterprise to Google and to the workflows', () => {
    const env = { ...HCP, TF_CLOUD_HOSTNAME: 'tfe.example.com' };
    const { stdout } = access(env, ...REPOSITORY);
    expect(stdout).toContain('--issuer-uri=https://tfe.example.com');
    expect(stdout).toContain('#   TF_CLOUD_HOSTNAME=tfe.example.com\n');
    expect(access(HCP, ...REPOSITORY).stdout).not.toContain('TF_CLOUD_HOSTNAME');
  });

  it.each([HCP, BUCKET])(
    'accepts only tokens of the repository, its environments and main',
    (env) => {
      const { stdout } = access(env, ...REPOSITORY);
      expect(stdout.replaceAll('\\"', '"')).toContain(
        '--attribute-condition=assertion.repository == "acme/jobs" && ' +
          'assertion.repository_id == "${REPOSITORY_ID}" && ' +
          '(assertion.environment == "plan" && assertion.event_name == "pull_request" || ' +
          `assertion.environment in ${JSON.stringify(['plan', 'doctor', ...STAGE_NAMES])} && ` +
          'assertion.ref == "refs/heads/main")',
      );
    },
  );
});

describe('the grants', () => {
  /** What an identity is granted: `run services add-iam-policy-binding validibot-worker role`. */
  const grantsOf = (env: NodeJS.ProcessEnv, identity: string): string[] => {
    const member = `--member=serviceAccount:scheduled-jobs-${identity}@my-project.iam.gserviceaccount.com`;
    return commandsFor(env)
      .filter((args) => args.includes(member))
      .map((args) => {
        const role =
          args
            .find((arg) => arg.startsWith('--role='))
            ?.split('/')
            .at(-1) ?? '';
        const condition = args.find((arg) => arg.startsWith('--condition=^'));
        const on = args[args.indexOf('add-iam-policy-binding') + 1]?.split('@')[0] ?? '';
        return [on, role, ...(condition === undefined ? [] : [condition])].join(' ');
      });
  };
  const state = (stage: string) =>
    `--condition=^;^title=validibot-${stage};expression=` +
    `resource.name.startsWith("projects/_/buckets/my-bucket/objects/validibot-${stage}/") || ` +
    `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("validibot-${stage}/")`;

  it("give a stage's deploys the worker, the account and the state of that stage only", () => {
    expect(grantsOf(BUCKET, 'deploy-dev')).toEqual([
      'my-project scheduledJobsDeployProject',
      'validibot-worker-dev scheduledJobsDeployService',
      'validibot-cloudrun-dev scheduledJobsDeployAccount',
      `gs://my-bucket storage.objectUser ${state('dev')}`,
    ]);
    expect(grantsOf(HCP, 'deploy-prod')).toEqual([
      'my-project scheduledJobsDeployProject',
      'validibot-worker scheduledJobsDeployService',
      'validibot-cloudrun-prod scheduledJobsDeployAccount',
    ]);
  });

  it('give plans every stage, read-only, and the doctor the web services too', () => {
    expect(grantsOf(BUCKET, 'plan')).toEqual([
      'my-project scheduledJobsPlanProject',
      ...STAGE_NAMES.flatMap((stage) => [
        `validibot-worker${stage === 'prod' ? '' : `-${stage}`} scheduledJobsPlanService`,
        `validibot-cloudrun-${stage} scheduledJobsPlanAccount`,
        `gs://my-bucket storage.objectViewer ${state(stage)}`,
      ]),
    ]);
    expect(grantsOf(HCP, 'doctor')).toContain('validibot-web-dev scheduledJobsDoctorService');
    expect(grantsOf(HCP, 'plan').join()).not.toContain('validibot-web');
  });
});

describe('the roles', () => {
  it('are read-only, except those of deploys', () => {
    for (const kind of ['plan', 'doctor'] as const) {
      for (const place of ['project', 'service', 'account', 'bucket'] as const) {
        for (const permission of permissionsOf(kind, place)) {
          expect(permission).toMatch(/\.(get|list|getIamPolicy|fullView)$/);
        }
      }
      expect(BUCKET_ROLES[kind]).toBe('roles/storage.objectViewer');
    }
  });

  it('let pull requests read no logs and no grants of the project', () => {
    const permissions = permissionsOf('plan', 'project').join();
    expect(permissions).not.toMatch(/logEntries|getIamPolicy|run\.|storage\./);
    expect(permissionsOf('doctor', 'project')).toContain('logging.logEntries.list');
  });

  it('let a deploy act as accounts, and set policies, only where they are granted', () => {
    expect(permissionsOf('deploy', 'account')).toContain('iam.serviceAccounts.actAs');
    expect(permissionsOf('deploy', 'service')).toContain('run.services.setIamPolicy');
    expect(permissionsOf('deploy', 'project').join()).not.toMatch(
      /actAs|setIamPolicy|disable|sinks|jobs\.run/,
    );
    expect(permissionsOf('deploy', 'project')).toEqual(
      expect.arrayContaining(['serviceusage.services.enable', 'serviceusage.operations.get']),
    );
  });

  it('have a reason for each call, and each kind of identity makes some', () => {
    for (const { why } of CALLS) expect(why.length).toBeGreaterThan(10);
    for (const kind of KINDS) expect(CALLS.some(({ by }) => by.includes(kind))).toBe(true);
  });

  it('have account ids that Google accepts', () => {
    for (const identity of IDENTITIES) {
      expect(accountIdOf(identity)).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
    }
  });

  it.each([
    ['GET', '/v1/projects/p/locations/r/jobs', '/v1/projects/*/locations/*/jobs'],
    ['GET', '/v1/projects/example.com:p/locations/r/jobs/j', '/v1/projects/*/locations/*/jobs/*'],
    ['POST', '/v1/projects/p/locations/r/jobs/j:pause', '/v1/projects/*/locations/*/jobs/*:pause'],
    ['POST', '/v1/projects/p/locations/r/jobs/j:run', undefined],
    [
      'GET',
      '/v1/projects/p/serviceAccounts/a@p.iam.gserviceaccount.com',
      '/v1/projects/*/serviceAccounts/*',
    ],
    ['GET', '/v1/operations/a.b', '/v1/operations/**'],
    ['GET', '/storage/v1/b/b/o/validibot-dev/default.tfstate', '/storage/v1/b/*/o/**'],
    ['DELETE', '/v1/projects/p', undefined],
  ])('know the call %s %s', (method, url, expected) => {
    expect(findCall(method, url)?.path).toBe(expected);
  });
});

describe('exits with 2, prints every mistake and runs nothing, given', () => {
  it.each([
    [
      'no settings',
      {},
      [],
      [
        '--repository is required (OWNER/NAME). Fix: write --repository my-organization/scheduled-jobs.',
        'GCP_PROJECT_ID is required (project ID). Fix: export GCP_PROJECT_ID=my-project.',
        'TF_CLOUD_ORGANIZATION is required: workflows cannot use a local state. Fix: ' +
          'export TF_CLOUD_ORGANIZATION=my-organization, or TF_STATE_BUCKET=my-bucket.',
      ],
    ],
    [
      'a URL as the repository',
      HCP,
      ['--repository', 'https://github.com/acme/jobs'],
      [
        'Invalid --repository "https://github.com/acme/jobs": must be OWNER/NAME on GitHub. ' +
          'Fix: write --repository my-organization/scheduled-jobs.',
      ],
    ],
    [
      'a name as the number',
      HCP,
      ['--repository', 'acme/jobs', '--repository-id', 'jobs'],
      [
        'Invalid --repository-id "jobs": must be a number. Fix: run gh api repos/OWNER/NAME --jq .id',
      ],
    ],
    ['both states', { ...HCP, ...BUCKET }, REPOSITORY, ['Invalid TF_STATE_BUCKET "my-bucket"']],
    [
      'quotes in the HCP project',
      HCP,
      [...REPOSITORY, '--hcp-project', 'a" || true'],
      [
        'Invalid --hcp-project "a\\" || true": must be 3-40 letters, digits, spaces, underscores or ' +
          "hyphens. Fix: copy the name from the organization's list of projects.",
      ],
    ],
    ['an unknown option', HCP, [...REPOSITORY, '--force'], ["unknown option '--force'"]],
  ])('%s', (_, env, args, messages) => {
    const gcloud = stubGcloud('^$');
    const { status, stdout, stderr } = access({ ...env, ...gcloud.env }, ...args, '--apply');
    for (const message of messages) expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(gcloud.calls()).toEqual([]);
  });
});
