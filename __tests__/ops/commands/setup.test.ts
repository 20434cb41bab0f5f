import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { callOps, OpsSandbox, PLACE } from '../support';

const JOB = 'validibot-clear-sessions-dev';
const GCLOUD = `gcloud scheduler jobs update http ${JOB} --location=australia-southeast1 --project=validibot-sandbox`;

/** A terraform that plans no changes. */
const NO_CHANGES = `#!/bin/sh
mkdir -p .terraform
if [ "$1" = show ]; then echo '{"format_version": "1.2", "resource_changes": []}'; fi
`;

let sandbox: OpsSandbox;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
  const binary = path.join(temporaryFolder(), 'terraform');
  fs.writeFileSync(binary, NO_CHANGES, { mode: 0o755 });
  env = { ...sandbox.env, TERRAFORM_BINARY_NAME: binary, TF_DATA_DIR: '.terraform' };
});
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});
afterAll(() => sandbox.close());

const setup = (...args: string[]) => callOps(env, ['setup', 'dev', ...args]);

interface Json {
  readonly changed: boolean;
  readonly mismatches: readonly { readonly job: string; readonly fix: string }[];
  readonly notCompared?: string;
}

async function setupInJson(): Promise<Json> {
  return JSON.parse((await setup('--json')).stdout) as Json;
}

describe('setup of a stage without changes for terraform', () => {
  it('calls it up to date when every job matches the table', async () => {
    const { status, stdout, stderr } = await setup();
    expect(stdout).toBe(`dev is up to date in ${PLACE}.\n`);
    expect(stderr).not.toContain(`Warning: ${JOB}`);
    expect(status).toBe(0);
    expect(await setupInJson()).toMatchObject({ changed: false, mismatches: [] });
  });

  it('names a URI without its last slash, which terraform does not see', async () => {
    const { httpTarget } = (await sandbox.job(JOB)) as { httpTarget: { uri: string } };
    const { uri } = httpTarget;
    await sandbox.patchJob(JOB, { httpTarget: { uri: uri.slice(0, -1) } }, 'httpTarget.uri');
    const { status, stdout, stderr } = await setup();
    expect(stderr).toContain(
      `Warning: ${JOB}: uri is ${uri.slice(0, -1)} instead of ${uri}.\nFix: ${GCLOUD} --uri=${uri}\n`,
    );
    expect(stdout).toBe(
      `Terraform has no changes for dev in ${PLACE}, but 1 job does not match the table.\n`,
    );
    expect(status).toBe(0);
    expect(await setupInJson()).toMatchObject({
      changed: false,
      mismatches: [{ job: JOB, fix: `${GCLOUD} --uri=${uri}` }],
    });
  });

  it('names a job that stays paused', async () => {
    await sandbox.pauseJob(JOB);
    const { stdout, stderr } = await setup();
    expect(stderr).toContain(
      `Warning: ${JOB}: paused, and the table does not pause it.\nFix: just gcp-scheduler-resume ${JOB}\n`,
    );
    expect(stdout).not.toContain('up to date');
    expect((await callOps(env, ['resume', JOB])).status).toBe(0);
    expect((await setup()).stdout).toBe(`dev is up to date in ${PLACE}.\n`);
  });

  it('names a job that does not exist where the settings point', async () => {
    await sandbox.deleteJob(JOB);
    const { stderr } = await setup();
    expect(stderr).toContain(
      `Warning: ${JOB}: does not exist in project validibot-sandbox, region australia-southeast1.\n` +
        'Fix: just gcp-scheduler-setup dev\n',
    );
  });

  it('does not claim it when Google cannot be read', async () => {
    await sandbox.fault({ fault: 'call', code: 403, method: 'GET', path: '/jobs', times: 5 });
    const { status, stdout, stderr } = await setup();
    expect(stderr).toContain(
      'Warning: dev: the live jobs could not be read, so they were not compared with the table. ',
    );
    expect(stdout).toBe(
      `Terraform has no changes for dev in ${PLACE}; the live jobs were not all compared.\n`,
    );
    expect(status).toBe(0);
  });

  it('does not claim it when the worker cannot be read', async () => {
    await sandbox.fault({ fault: 'worker-missing', stage: 'dev' });
    expect((await setupInJson()).notCompared).toContain('the worker could not be read');
  });
});

describe('setup --expect-digest', () => {
  /** A terraform that plans to change a job's schedule, and notes whether it applies that. */
  const planned = (schedule: string) => {
    const folder = temporaryFolder();
    const job = (at: string) => ({ name: JOB, schedule: at, time_zone: 'Australia/Sydney' });
    const plan = {
      format_version: '1.2',
      resource_changes: [
        {
          address: 'google_cloud_scheduler_job.clear-sessions',
          mode: 'managed',
          type: 'google_cloud_scheduler_job',
          change: { actions: ['update'], before: job('0 2 * * *'), after: job(schedule) },
        },
      ],
    };
    fs.writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(plan));
    const binary = path.join(folder, 'terraform');
    fs.writeFileSync(
      binary,
      `#!/bin/sh
mkdir -p .terraform
case "$1" in
  show) cat '${folder}/plan.json';;
  plan) exit 2;;
  apply) touch '${folder}/applied';;
esac
`,
      { mode: 0o755 },
    );
    return {
      env: { ...env, TERRAFORM_BINARY_NAME: binary },
      isApplied: () => fs.existsSync(path.join(folder, 'applied')),
    };
  };

  it('applies the changes that were reviewed, and refuses others', async () => {
    const digestFile = path.join(temporaryFolder(), 'digest');
    const reviewed = planned('0 3 * * *');
    const review = await callOps(reviewed.env, ['review', 'dev', '--digest-file', digestFile]);
    const digest = fs.readFileSync(digestFile, 'utf8').trim();
    expect(review.stdout).toContain(`Digest of the changes: \`${digest.split(':')[0] ?? ''}\`\n`);

    const other = planned('0 4 * * *');
    const refused = await callOps(other.env, ['setup', 'dev', '--expect-digest', digest]);
    expect(refused.stderr).toContain(
      'Nothing was changed: the plan of validibot-dev is not the one that was reviewed:\n' +
        '  google_cloud_scheduler_job.clear-sessions was to be changed in another way\n' +
        'Fix: just gcp-scheduler-review dev, or in GitHub, "Re-run all jobs"\n',
    );
    expect(refused.status).toBe(1);
    expect(other.isApplied()).toBe(false);

    const same = planned('0 3 * * *');
    expect((await callOps(same.env, ['setup', 'dev', '--expect-digest', digest])).status).toBe(0);
    expect(same.isApplied()).toBe(true);
  });

  it('has nothing to refuse if the reviewed changes were made meanwhile', async () => {
    expect((await setup('--expect-digest', '3f8a1c22b0de')).status).toBe(0);
  });

  it.each(['', '3f8a1c22'])('rejects %j, and does not take it for any changes', async (digest) => {
    const { status, stderr } = await setup('--expect-digest', digest);
    expect(stderr).toContain(
      `Invalid --expect-digest ${JSON.stringify(digest)}: is not a digest. ` +
        'Expected: 12 hexadecimal digits, as in 3f8a1c22b0de. Fix: pass the digest that the review printed',
    );
    expect(status).toBe(2);
  });
});
