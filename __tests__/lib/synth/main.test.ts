import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { jobName, stackName } from '../../../stages/naming';
import { jobsOfStage, STAGE_NAMES, STAGES } from '../../../stages/stages';
import { readFiles, writeFiles } from '../../support/files';
import type { Configuration } from '../../support/scheduled-job';
import { temporaryFolder } from '../../support/temporary-folder';

// Synth runs in its own process.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

const root = path.join(__dirname, '..', '..', '..');

/** Runs the application as `npm run synth` does, where no program but node is to be found. */
function main(env: Record<string, string>): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['lib/launch/main.js', 'main.ts'],
    {
      cwd: root,
      env: { PATH: '/nowhere', TF_STATE_DIR: '/state', ...env },
      encoding: 'utf8',
    },
  );
  return { status, out: stdout, err: stderr };
}

/** Rows and their cells, without the spaces and lines of the table. */
function cells(table: string): string[][] {
  return table.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));
}

const folder = temporaryFolder();
const outdir = path.join(folder, 'out');
const first = main({ CDKTF_OUTDIR: outdir });
const written = readFiles(outdir);

describe('with nothing set', () => {
  it('writes the stacks and a manifest, and nothing else', () => {
    expect(first.status).toBe(0);
    expect(Object.keys(written).sort()).toEqual(
      [
        'manifest.json',
        ...STAGE_NAMES.map((name) => `stacks/${stackName(name)}/cdk.tf.json`),
      ].sort(),
    );
    expect(fs.readdirSync(folder)).toEqual(['out']);
  });

  it('writes nothing about this machine', () => {
    expect(Object.values(written).join('\n')).not.toContain(root);
    expect(Object.values(written).join('\n')).not.toContain(folder);
  });

  it.each(STAGE_NAMES)('prints every job of %s, and the path of its JSON', (stage) => {
    const section = first.out.split('\n\n').find((text) => text.startsWith(`validibot-${stage}\n`));
    const names = jobsOfStage(STAGES[stage]).map(({ task }) => jobName('validibot', task, stage));

    const [title, head, ...rows] = cells(section?.trimEnd() ?? '');
    expect(title).toEqual([`validibot-${stage}`]);
    expect(head).toEqual(['job', 'schedule', 'time zone', 'next run', 'endpoint']);
    expect(rows.map(([cell]) => cell)).toEqual([
      ...names,
      path.join(outdir, 'stacks', `validibot-${stage}`, 'cdk.tf.json'),
    ]);
  });

  it('prints warnings on stderr', () => {
    expect(first.err).toContain(
      `Warning: ${STAGE_NAMES.map(stackName).join(', ')}: No one will be notified when a job fails`,
    );
    expect(first.err).toContain(
      'Warning: validibot-prod: the state of production is only on this machine, in /state. ' +
        'Fix: set TF_CLOUD_ORGANIZATION or TF_STATE_BUCKET to share it.\n',
    );
  });
});

it('writes the same bytes in a second run, keeps terraform’s files and removes stale ones', () => {
  const kept = {
    'stacks/validibot-prod/.terraform/providers/google': 'provider',
    'stacks/validibot-prod/.terraform.lock.hcl': 'lock',
  };
  writeFiles(outdir, {
    ...kept,
    'stacks/validibot-prod/cdk.tf': 'stale',
    'stacks/validibot-test/cdk.tf.json': '{}',
  });

  const second = main({ CDKTF_OUTDIR: outdir, TZ: 'America/New_York', LANG: 'tr_TR.UTF-8' });

  expect(second.status).toBe(0);
  expect(readFiles(outdir)).toEqual({ ...written, ...kept });
  expect(fs.existsSync(path.join(outdir, 'stacks', 'validibot-test'))).toBe(false);
});

it('needs no terraform for imports and HCP Terraform', () => {
  const other = path.join(temporaryFolder(), 'out');

  const { status, err } = main({
    CDKTF_OUTDIR: other,
    IMPORT_EXISTING: 'prod',
    TF_CLOUD_ORGANIZATION: 'mine',
    GCP_PROJECT_ID: 'my-project',
    GCP_SCHEDULER_TIMEZONE: 'UTC',
    ALERT_EMAILS: 'ops@example.com',
  });

  expect({ status, err }).toEqual({ status: 0, err: '' });
  const files = readFiles(other);
  const prod = JSON.parse(files['stacks/validibot-prod/cdk.tf.json'] ?? '') as Configuration;
  const dev = JSON.parse(files['stacks/validibot-dev/cdk.tf.json'] ?? '') as Configuration;
  expect(prod.import).toHaveLength(jobsOfStage(STAGES.prod).length);
  expect(prod).toMatchObject({
    terraform: { cloud: { organization: 'mine', workspaces: { name: 'validibot-prod' } } },
    variable: { project_id: { default: 'my-project' } },
  });
  expect(dev).not.toHaveProperty('import');
});

it('reports every invalid setting in one run, with exit status 1 and the output unchanged', () => {
  const before = readFiles(outdir);
  const tasks = jobsOfStage(STAGES.prod).map(({ task }) => task);

  const outcome = main({
    CDKTF_OUTDIR: outdir,
    GCP_PROJECT_ID: 'My Project',
    GCP_REGION: 'sydney',
    GCP_APP_NAME: 'much-too-long-a-name',
    GCP_SCHEDULER_TIMEZONE: 'Australia/Sidney',
    TF_CLOUD_ORGANIZATION: 'my organization',
    TF_CLOUD_HOSTNAME: 'https://tfe.example.com/',
    TF_STATE_BUCKET: 'gs://my-bucket',
    IMPORT_EXISTING: 'prdo,prod/no-such-task,',
  });

  expect(outcome).toEqual({
    status: 1,
    out: '',
    err: `environment: Invalid GCP_PROJECT_ID "My Project": is not a project id. Expected: 6-30 lower-case letters, digits or hyphens, starting with a letter; or domain-scoped, example.com:my-project. Fix: run \`gcloud projects list\` and use a PROJECT_ID.
environment: Invalid GCP_REGION "sydney": is not a region. Expected: a name such as australia-southeast1. Fix: run \`gcloud scheduler locations list\` and use one of them.
environment: Invalid GCP_APP_NAME "much-too-long-a-name": must be 1-13 lower-case letters, digits or hyphens, starting with a letter (service account ids have at most 30 characters). Fix: use the name that Validibot is deployed under.
environment: Invalid GCP_SCHEDULER_TIMEZONE "Australia/Sidney": is not a time zone. Expected: a tz database name (Area/Location) or UTC. Fix: use a name such as Australia/Sydney.
environment: Invalid TF_CLOUD_ORGANIZATION "my organization": is not the name of an organization. Expected: letters, digits, _ or -. Fix: use the NAME in its URL, app.terraform.io/app/NAME.
environment: Invalid TF_CLOUD_HOSTNAME "https://tfe.example.com/": is not a host name. Expected: a host name without https:// and without a path. Fix: write it like app.terraform.io, or unset it.
environment: Invalid TF_STATE_BUCKET "gs://my-bucket": is not the name of a bucket. Expected: 3-222 lower-case letters, digits, dots, _ or -, without gs://. Fix: run \`gcloud storage buckets list\` and use a name.
environment: Invalid TF_STATE_BUCKET "gs://my-bucket": must not be set together with TF_CLOUD_ORGANIZATION ("my organization"). Fix: unset one of the two.
environment: Invalid IMPORT_EXISTING "prdo,prod/no-such-task,": "prdo" is not a stage. Expected: ${STAGE_NAMES.join(', ')}. Fix: use prod.
environment: Invalid IMPORT_EXISTING "prdo,prod/no-such-task,": "no-such-task" is not a task. Expected: ${tasks.join(', ')}. Fix: use one of these.
environment: Invalid IMPORT_EXISTING "prdo,prod/no-such-task,": must not have an empty item. Expected: comma-separated STAGE or STAGE/TASK. Fix: write it like prod or prod/clear-sessions,prod/cleanup-stuck-runs.

11 errors. ${outdir} is unchanged.
`,
  });
  expect(readFiles(outdir)).toEqual(before);
  expect(fs.readdirSync(folder)).toEqual(['out']);
});
