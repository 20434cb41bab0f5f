import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {
  ACCOUNT_ROLES,
  DEPLOYER,
  GRANTER,
  PROJECT_ROLES,
  WORKER_ROLES,
} from '../../../ci/access/roles';
import type { Outcome } from '../../../lib/run-process';
import { STAGE_NAMES } from '../../../stages/stages';
import { bareEnvironment, ROOT } from '../../ops/support';
import { temporaryFolder } from '../../support/temporary-folder';

// The command runs in its own process.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

const HCP = { GCP_PROJECT_ID: 'my-project', TF_CLOUD_ORGANIZATION: 'my-org' };
const BUCKET = { GCP_PROJECT_ID: 'my-project', TF_STATE_BUCKET: 'my-bucket' };
const REPOSITORY = ['--repository', 'acme/jobs'];

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
      expect.stringContaining('iam service-accounts create scheduled-jobs-plan'),
      expect.stringContaining('iam service-accounts create scheduled-jobs-deploy'),
      expect.stringContaining('iam roles create scheduledJobsInvokerGranter'),
      expect.stringContaining('iam roles create scheduledJobsDeployer'),
      expect.stringContaining('iam workload-identity-pools create scheduled-jobs'),
      expect.stringContaining('iam workload-identity-pools providers create-oidc github'),
      expect.stringContaining('iam workload-identity-pools providers create-oidc hcp-terraform'),
    ]);
    expect(stdout).toContain(
      'WORKLOAD_IDENTITY_PROVIDER=projects/123456789/locations/global/workloadIdentityPools/scheduled-jobs/providers/github',
    );
    expect(stdout).toContain(
      'TFC_GCP_APPLY_SERVICE_ACCOUNT_EMAIL=scheduled-jobs-deploy@my-project',
    );
  });

  it('creates nothing that exists, and updates what may have changed', () => {
    const gcloud = stubGcloud('.');
    access({ ...HCP, ...gcloud.env }, ...REPOSITORY, '--apply');
    const verbs = changes(gcloud.calls()).map((args) =>
      args.find((arg) => /^(create|update)/.test(arg)),
    );
    expect(verbs.filter(Boolean)).toEqual(['update', 'update', 'update-oidc', 'update-oidc']);
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
    expect(gcloud.calls().at(-1)).toEqual(expect.arrayContaining(['roles', 'create', GRANTER.id]));
  });
});

describe('who may act', () => {
  const members = (env: NodeJS.ProcessEnv): string[] => {
    const gcloud = stubGcloud('^$');
    access({ ...env, ...gcloud.env }, ...REPOSITORY, '--apply');
    return gcloud
      .calls()
      .filter((args) => args.includes('--role=roles/iam.workloadIdentityUser'))
      .map((args) => {
        const [, value = ''] =
          /attribute\.(.*)$/.exec(args.join(' ').split(' --role')[0] ?? '') ?? [];
        return `${args[3]?.split('@')[0] ?? ''} <- ${value}`;
      });
  };

  it('with HCP Terraform, lets its plans read and its applies deploy, and GitHub only read', () => {
    expect(members(HCP)).toEqual([
      ...['plan', ...STAGE_NAMES].map(
        (name) => `scheduled-jobs-plan <- repository_environment/acme/jobs/${name}`,
      ),
      ...STAGE_NAMES.map((s) => `scheduled-jobs-plan <- workspace_phase/validibot-${s}/plan`),
      ...STAGE_NAMES.map((s) => `scheduled-jobs-deploy <- workspace_phase/validibot-${s}/apply`),
    ]);
  });

  it('with a bucket, gives each GitHub environment its own identity', () => {
    expect(members(BUCKET)).toEqual([
      'scheduled-jobs-plan <- repository_environment/acme/jobs/plan',
      ...STAGE_NAMES.map((s) => `scheduled-jobs-deploy <- repository_environment/acme/jobs/${s}`),
    ]);
  });

  it('passes the host of Terraform Enterprise to Google and to the workflows', () => {
    const env = { ...HCP, TF_CLOUD_HOSTNAME: 'tfe.example.com' };
    const { stdout } = access(env, ...REPOSITORY);
    expect(stdout).toContain('--issuer-uri=https://tfe.example.com');
    expect(stdout).toContain('#   TF_CLOUD_HOSTNAME=tfe.example.com\n');
    expect(access(HCP, ...REPOSITORY).stdout).not.toContain('TF_CLOUD_HOSTNAME');
  });

  it.each([HCP, BUCKET])('accepts only tokens of the repository and its environments', (env) => {
    const { stdout } = access(env, ...REPOSITORY);
    expect(stdout).toContain(
      String.raw`--attribute-condition=assertion.repository == \"acme/jobs\" && ` +
        `assertion.environment in [${['plan', ...STAGE_NAMES].map((name) => String.raw`\"${name}\"`).join()}]`,
    );
  });
});

describe('the tokens of HCP Terraform', () => {
  const condition = (...args: string[]): string => {
    const gcloud = stubGcloud('^$');
    access({ ...HCP, ...gcloud.env }, ...REPOSITORY, ...args, '--apply');
    const provider = changes(gcloud.calls()).find((call) => call.includes('hcp-terraform'));
    return provider?.find((arg) => arg.startsWith('--attribute-condition=')) ?? '';
  };

  it.each([
    ['the default project', [], 'Default Project'],
    ['the given project', ['--hcp-project', 'Scheduled jobs'], 'Scheduled jobs'],
  ])('must be of the organization and %s', (_, args, project) => {
    expect(condition(...args)).toBe(
      '--attribute-condition=assertion.terraform_organization_name == "my-org" && ' +
        `assertion.terraform_project_name == "${project}"`,
    );
  });
});

describe('the roles', () => {
  const names = (roles: readonly { role: unknown }[]): unknown[] => roles.map(({ role }) => role);

  it('are read-only for plans', () => {
    for (const role of [...names(PROJECT_ROLES.plan), ...names(ACCOUNT_ROLES.plan)]) {
      expect(role).toMatch(/[vV]iewer$|^roles\/browser$/);
    }
    expect(WORKER_ROLES.plan).toEqual([]);
  });

  it('let a deploy act only as the accounts of the stages', () => {
    expect(names(ACCOUNT_ROLES.deploy)).toEqual(['roles/iam.serviceAccountUser']);
    expect(names(PROJECT_ROLES.deploy)).not.toContain('roles/iam.serviceAccountUser');
  });

  it('are all in the guide', () => {
    const guide = fs.readFileSync(path.join(ROOT, 'docs', 'hcp-terraform.md'), 'utf8');
    for (const { plan, deploy } of [PROJECT_ROLES, WORKER_ROLES, ACCOUNT_ROLES]) {
      for (const { role } of [...plan, ...deploy]) {
        const name = typeof role === 'string' ? role.replace(/^roles\/monitoring\./, '') : role.id;
        expect(guide).toContain(name);
      }
    }
  });

  it('include no owner, editor, security or policy administrator', () => {
    const all = [PROJECT_ROLES, WORKER_ROLES, ACCOUNT_ROLES].flatMap(({ plan, deploy }) => [
      ...plan,
      ...deploy,
    ]);
    for (const { role, why } of all) {
      expect(typeof role === 'string' ? role : role.id).not.toMatch(
        /owner|editor$|securityAdmin|projectIamAdmin|run\.admin/,
      );
      expect(why.length).toBeGreaterThan(10);
    }
    expect(DEPLOYER.permissions.join()).not.toMatch(/disable|sinks|setIamPolicy/);
  });

  it('let a deploy grant invokers on a worker, and change nothing else of it', () => {
    expect(names(WORKER_ROLES.deploy)).toEqual([GRANTER]);
    // Terraform reads the policy, adds the member and writes it back.
    expect([...GRANTER.permissions].sort()).toEqual([
      'run.services.get',
      'run.services.getIamPolicy',
      'run.services.setIamPolicy',
    ]);
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
