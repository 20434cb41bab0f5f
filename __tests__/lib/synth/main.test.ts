import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readFiles, writeFiles } from '../../support/files';
import type { Configuration } from '../../support/scheduled-job';
import { temporaryFolder } from '../../support/temporary-folder';

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
  it('writes the three stacks and a manifest, and nothing else', () => {
    expect(first.status).toBe(0);
    expect(Object.keys(written).sort()).toEqual([
      'manifest.json',
      'stacks/validibot-dev/cdk.tf.json',
      'stacks/validibot-prod/cdk.tf.json',
      'stacks/validibot-staging/cdk.tf.json',
    ]);
    expect(fs.readdirSync(folder)).toEqual(['out']);
  });

  it('holds nothing of this machine', () => {
    expect(Object.values(written).join('\n')).not.toContain(root);
    expect(Object.values(written).join('\n')).not.toContain(folder);
  });

  it.each([
    ['dev', '-dev'],
    ['staging', '-staging'],
    ['prod', ''],
  ])('prints the jobs of %s and where their JSON lies', (stage, suffix) => {
    const section = first.out.split('\n\n').find((text) => text.startsWith(`validibot-${stage}\n`));
    const zone = 'Australia/Sydney';
    const next = expect.stringMatching(/^20\d\d-\d\d-\d\d \d\d:\d\d$/) as unknown;
    const row = (task: string, words: string): unknown[] => [
      `validibot-${task}${suffix}`,
      words,
      zone,
      next,
      `/api/v1/scheduled/${task}/`,
    ];

    expect(cells(section?.trimEnd() ?? '')).toEqual([
      [`validibot-${stage}`],
      ['job', 'schedule', 'time zone', 'next run', 'endpoint'],
      row('clear-sessions', 'At 02:00, every day'),
      row('cleanup-idempotency-keys', 'At 03:00, every day'),
      row('cleanup-callback-receipts', 'At 04:00, only on Sunday'),
      row('purge-expired-submissions', 'Every hour'),
      row('process-purge-retries', 'Every 5 minutes'),
      row('cleanup-stuck-runs', 'Every 10 minutes'),
      [path.join(outdir, 'stacks', `validibot-${stage}`, 'cdk.tf.json')],
    ]);
  });

  it('warns on stderr, once for all stages that have the same warning', () => {
    const stages = ['validibot-dev', 'validibot-staging', 'validibot-prod'];
    expect(first.err.trimEnd().split('\n')).toEqual([
      `Warning: ${stages.join(', ')}: No one is alerted when a job fails or is missed: ` +
        'incidents show in the console only. Set ALERT_EMAILS or ALERT_CHANNELS.',
      expect.stringMatching(
        new RegExp(
          `^Warning: ${stages.map((stage) => `${stage}/clear-sessions`).join(', ')}: ` +
            'schedule "0 2 \\* \\* \\*" in Australia/Sydney: ' +
            '20\\d\\d-(04|10)-0[1-7] 02:00 (comes twice|is skipped) when .*\\.$',
        ),
      ),
      'Warning: validibot-prod: The state of production is kept in /state, on this machine alone. ' +
        'Set TF_CLOUD_ORGANIZATION or TF_STATE_BUCKET to share it.',
    ]);
  });
});

it('a second run writes the same bytes; what terraform keeps stays, what is stale goes', () => {
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

it('imports and HCP Terraform need no terraform either', () => {
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
  expect(prod.import).toHaveLength(6);
  expect(prod).toMatchObject({
    terraform: { cloud: { organization: 'mine', workspaces: { name: 'validibot-prod' } } },
    variable: { project_id: { default: 'my-project' } },
  });
  expect(dev).not.toHaveProperty('import');
});

it('every bad setting in one run: a line each, exit status 1, and the output untouched', () => {
  const before = readFiles(outdir);

  const outcome = main({
    CDKTF_OUTDIR: outdir,
    GCP_PROJECT_ID: 'My Project',
    GCP_REGION: 'sydney',
    GCP_APP_NAME: 'much-too-long-a-name',
    GCP_SCHEDULER_TIMEZONE: 'Australia/Sidney',
    TF_CLOUD_ORGANIZATION: 'my organization',
    TF_CLOUD_HOSTNAME: 'https://tfe.example.com/',
    TF_STATE_BUCKET: 'gs://my-bucket',
    IMPORT_EXISTING: 'prdo,prod/clear-session,',
  });

  expect(outcome).toEqual({
    status: 1,
    out: '',
    err: `environment: Invalid GCP_PROJECT_ID "My Project": it is not a project id. Expected: 6 to 30 lower-case letters, digits and hyphens, from a letter on, after example.com: if domain-scoped. Fix: take the PROJECT_ID column of gcloud projects list.
environment: Invalid GCP_REGION "sydney": it does not have the shape of a region. Expected: names such as australia-southeast1. Fix: take one of gcloud scheduler locations list.
environment: Invalid GCP_APP_NAME "much-too-long-a-name": the names of the services and accounts cannot be made from it. Expected: 1 to 13 lower-case letters, digits and hyphens, from a letter on (account ids have at most 30 characters). Fix: use the name that Validibot is deployed under.
environment: Invalid GCP_SCHEDULER_TIMEZONE "Australia/Sidney": it is not the name of a time zone. Expected: Area/Location names of the tz database, or UTC. Fix: name the zone, for example Australia/Sydney.
environment: Invalid TF_CLOUD_ORGANIZATION "my organization": it is not the name of an organization. Expected: letters, digits, _ and -. Fix: take the name from the URL of the organization, app.terraform.io/app/NAME.
environment: Invalid TF_CLOUD_HOSTNAME "https://tfe.example.com/": it is not the name of a host. Expected: a host name without https:// and path. Fix: write it like app.terraform.io, or unset it.
environment: Invalid TF_STATE_BUCKET "gs://my-bucket": it is not the name of a bucket. Expected: 3 to 222 lower-case letters, digits, dots, _ and -, without gs://. Fix: take the name from gcloud storage buckets list.
environment: Invalid TF_STATE_BUCKET "gs://my-bucket": TF_CLOUD_ORGANIZATION is set as well, to "my organization". Expected: one of the two, since a stack has one state. Fix: unset the one that is not meant.
environment: Invalid IMPORT_EXISTING "prdo,prod/clear-session,": "prdo" is not a stage. Expected: dev, staging, prod. Fix: write prod.
environment: Invalid IMPORT_EXISTING "prdo,prod/clear-session,": "clear-session" is not a task. Expected: clear-sessions, cleanup-idempotency-keys, cleanup-callback-receipts, purge-expired-submissions, process-purge-retries, cleanup-stuck-runs. Fix: write clear-sessions.
environment: Invalid IMPORT_EXISTING "prdo,prod/clear-session,": an item is empty. Expected: STAGE or STAGE/TASK, with commas between. Fix: write it like prod, or like prod/clear-sessions,prod/cleanup-stuck-runs.

11 mistakes; ${outdir} is unchanged.
`,
  });
  expect(readFiles(outdir)).toEqual(before);
  expect(fs.readdirSync(folder)).toEqual(['out']);
});
