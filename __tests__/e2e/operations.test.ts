import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CONSENT_KINDS } from '../../ops/plan-review/consent';
import { jobsOfStage, STAGES } from '../../stages/stages';
import { namesInTable, OpsSandbox, PLACE, runOps, stackFolder } from '../ops/support';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider, terraform } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Each step synthesizes, plans and applies with the real provider.
jest.setTimeout(180_000);

const JOB_TYPE = 'google_cloud_scheduler_job';

const DEV_JOBS = namesInTable('dev').sort();

/** Tasks to do something to. */
const [TASK = '', RETARGETED = '', RESCHEDULED = ''] = jobsOfStage(STAGES.dev).map(
  ({ task }) => task,
);
const JOB = `validibot-${TASK}-dev`;

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly fix?: string;
}

describeWithProvider()('operations with the real provider', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start(runOps);
  });
  afterAll(() => sandbox.close());

  /** Runs terraform in the stack of dev, as the operations do. */
  function inStack(...args: string[]): string {
    const folder = stackFolder(sandbox.env, 'dev');
    const { status, stdout, stderr } = terraform(folder, sandbox.env, ...args);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  /** The doctor's failures, except of attempts: frequent jobs run during the tests. */
  async function failures(stage: string): Promise<Finding[]> {
    const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', stage);
    return findings
      .filter(({ status }) => status === 'failure')
      .filter(({ check }) => check !== 'job-last-attempt' && check !== 'job-last-success');
  }

  it('setup deploys a stage, and does not change one that is up to date', async () => {
    const first = await sandbox.ops('setup', 'dev');
    expect(first.stderr).toContain('### validibot-dev: passes review');
    expect(first.stderr).toContain(`**\`${JOB}\`: created**`);
    expect(first.stdout).toBe(`dev is deployed to ${PLACE}.\n`);
    expect(first.stderr).toContain(`${JOB_TYPE}.${TASK}: Creation complete`);
    expect(first.status).toBe(0);
    expect(await sandbox.jobNames()).toEqual(DEV_JOBS);

    const second = await sandbox.ops('setup', 'dev');
    expect(second.stdout).toBe(`dev is up to date in ${PLACE}.\n`);
    expect(second.stderr).not.toContain('Initializing');
    expect(second.status).toBe(0);
    expect((await sandbox.ops('list', 'dev', '--check')).status).toBe(0);
    expect(await failures('dev')).toEqual([]);
  });

  it('setup fixes what the doctor says it fixes', async () => {
    const [web = ''] = await sandbox.urlsOf('validibot-web-dev');
    await sandbox.fault({ fault: 'grant-missing', stage: 'dev' });
    await sandbox.deleteJob(JOB);
    await sandbox.patchJob(`validibot-${RESCHEDULED}-dev`, { schedule: '7 7 7 7 *' }, 'schedule');
    await sandbox.patchJob(
      `validibot-${RETARGETED}-dev`,
      { httpTarget: { uri: `${web}/api/v1/scheduled/${RETARGETED}/` } },
      'httpTarget.uri',
    );
    const found = await failures('dev');
    expect(found.map(({ check }) => check)).toEqual([
      'invoker-granted',
      'job-exists',
      'job-drift',
      'job-target',
      'job-drift',
    ]);
    expect(new Set(found.map(({ fix }) => fix))).toEqual(new Set(['just gcp-scheduler-setup dev']));

    const { changes } = await sandbox.json<{ changes: object[] }>('setup', 'dev');
    expect(changes).toHaveLength(4);
    expect(new Set(changes)).toEqual(
      new Set([
        { action: 'created', address: 'google_cloud_run_v2_service_iam_member.worker-invoker' },
        { action: 'created', address: `${JOB_TYPE}.${TASK}` },
        { action: 'changed', address: `${JOB_TYPE}.${RETARGETED}` },
        { action: 'changed', address: `${JOB_TYPE}.${RESCHEDULED}` },
      ]),
    );
    expect(await failures('dev')).toEqual([]);
  });

  it('setup changes nothing while the state is locked, and names the holder', async () => {
    // It holds the lock while it waits for an answer.
    const holder = spawn('terraform', ['destroy', '-refresh=false', '-no-color'], {
      cwd: stackFolder(sandbox.env, 'dev'),
      env: sandbox.env,
    });
    const released = once(holder, 'close');
    let asked = '';
    for await (const text of holder.stdout.setEncoding('utf8')) {
      asked += String(text);
      if (asked.includes('Enter a value:')) break;
    }
    const { status, stderr } = await sandbox.ops('setup', 'dev');
    holder.kill();
    await released;
    expect(stderr).toContain('terraform plan failed, so nothing was changed:');
    expect(stderr).toContain('Error acquiring the state lock');
    const who = `${os.userInfo().username}@${os.hostname()}`;
    expect(stderr).toContain(`Fix: wait until ${who} has finished (apply since `);
    expect(status).toBe(1);
    expect((await sandbox.ops('setup', 'dev')).status).toBe(0);
  });

  it('setup says why an apply failed, and finishes when run again', async () => {
    await sandbox.deleteJob(JOB);
    await sandbox.fault({ fault: 'call', code: 403, method: 'POST', path: '/jobs', times: 1 });
    const failed = await sandbox.ops('setup', 'dev');
    expect(failed.stderr).toContain('terraform apply failed; some changes may have been made.');
    expect(failed.stderr).toContain('The caller does not have permission');
    expect(failed.status).toBe(1);
    expect((await sandbox.ops('setup', 'dev')).status).toBe(0);
    expect(await sandbox.jobNames()).toEqual(DEV_JOBS);
  });

  it('setup names a missing worker', async () => {
    await sandbox.fault({ fault: 'worker-missing', stage: 'staging' });
    const { status, stderr } = await sandbox.ops('setup', 'staging');
    expect(stderr).toContain('terraform plan failed, so nothing was changed:');
    expect(stderr).toContain('validibot-worker-staging');
    expect(stderr).toContain('Fix: just gcp-scheduler-doctor staging');
    expect(status).toBe(1);
    await sandbox.clearFaults();
  });

  it('setup changes nothing when its review fails, unless the kind is allowed', async () => {
    inStack('taint', `${JOB_TYPE}.${TASK}`);
    const reviewFile = path.join(temporaryFolder(), 'review.md');
    const { userUpdateTime } = await sandbox.job(JOB);
    const refused = await sandbox.ops('setup', 'dev', '--review-file', reviewFile);
    expect(refused.stderr).toContain('### validibot-dev: fails review');
    expect(refused.stderr).toContain(
      'Nothing was changed: the plan of validibot-dev fails review.\n' +
        'Fix: if this is intended, just gcp-scheduler-setup dev --allow destroy\n',
    );
    expect(refused.status).toBe(1);
    const review = await sandbox.ops('review', 'dev');
    expect(review.status).toBe(1);
    expect(fs.readFileSync(reviewFile, 'utf8')).toBe(review.stdout);
    expect((await sandbox.ops('setup', 'dev', '--allow', 'stop')).status).toBe(1);
    expect(await sandbox.job(JOB)).toMatchObject({ userUpdateTime });

    const allowed = await sandbox.ops('setup', 'dev', '--allow', 'destroy');
    expect(allowed.stdout).toBe(`dev is deployed to ${PLACE}.\n`);
    expect(allowed.status).toBe(0);
    expect(await sandbox.job(JOB)).not.toMatchObject({ userUpdateTime });
  });

  it('setup rejects an unknown kind of consent before it plans', async () => {
    const { status, stderr } = await sandbox.ops('setup', 'dev', '--allow', 'destory');
    expect(stderr).toBe(
      `Invalid --allow "destory": unknown kind destory. Expected: ${CONSENT_KINDS.join(', ')}. ` +
        'Fix: pass the kinds that the review lists, such as --allow destroy.\n',
    );
    expect(status).toBe(2);
  });

  it('setup initializes again when the providers were deleted', async () => {
    const stack = stackFolder(sandbox.env, 'dev');
    fs.rmSync(path.join(stack, sandbox.env.TF_DATA_DIR ?? '', 'providers'), { recursive: true });
    const { stdout, stderr } = await sandbox.ops('setup', 'dev');
    expect(stderr).toContain('Initializing validibot-dev …');
    expect(stdout).toBe(`dev is up to date in ${PLACE}.\n`);
  });

  it('import refuses a plan that destroys something', async () => {
    const move = (from: string, to: string) =>
      inStack('state', 'mv', `${JOB_TYPE}.${from}`, `${JOB_TYPE}.${to}`);
    move(TASK, 'old-task');
    const refused = await sandbox.ops('import', 'dev', '--apply');
    expect(refused.stderr).toContain(
      'Nothing was imported: the plan must import exactly what was found and destroy nothing, but:\n' +
        `  ${JOB_TYPE}.old-task would be destroyed`,
    );
    expect(refused.status).toBe(1);
    expect(await sandbox.jobNames()).toEqual(DEV_JOBS);
    move('old-task', TASK);
  });

  describe('delete-all', () => {
    const grants = async () => {
      const { bindings } = await sandbox.call(
        'GET',
        '/v2/projects/validibot-sandbox/locations/australia-southeast1/services/validibot-worker-dev:getIamPolicy',
      );
      return bindings;
    };
    const OTHERS = ['by-hand', `validibot-${TASK}-staging`, 'validibot-my-own-dev'].sort();

    it('requires the stack name', async () => {
      const asked = await sandbox.ops('delete-all', 'dev');
      expect(asked.stderr).toContain(`${JOB} `);
      expect(asked.stderr).toContain(
        '--confirm is required: stdin is not a terminal. Fix: pass --confirm validibot-dev.',
      );
      expect(asked.status).toBe(2);
      expect((await sandbox.ops('delete-all', 'dev', '--confirm', 'dev')).status).toBe(2);
      expect(await sandbox.jobNames()).toEqual(DEV_JOBS);
    });

    it("deletes only the stage's jobs and alerts, even without its worker and account", async () => {
      for (const name of OTHERS) {
        const httpTarget = { uri: 'https://example.com/' };
        await sandbox.createJob({ name, schedule: '0 2 * * *', timeZone: 'UTC', httpTarget });
      }
      // One was deleted by hand already.
      await sandbox.deleteJob(JOB);
      const before = await grants();
      await sandbox.fault({ fault: 'worker-missing', stage: 'dev' });
      await sandbox.fault({ fault: 'account-missing', stage: 'dev' });

      const deleted = await sandbox.ops('delete-all', 'dev', '--confirm', 'validibot-dev');
      expect(deleted.stdout).toMatch(
        new RegExp(`^Deleted ${DEV_JOBS.length} jobs and \\d+ alerts of dev in validibot-sandbox `),
      );
      expect(deleted.status).toBe(0);
      expect(await sandbox.jobNames()).toEqual(OTHERS);
      // The service is gone meanwhile, and the grant then belongs to the account that was deleted.
      await sandbox.clearFaults();
      expect(JSON.stringify(await grants()).replace(/deleted:(\S+?)\?uid=\d+/, '$1')).toBe(
        JSON.stringify(before),
      );
      const state = inStack('state', 'list');
      expect(state).toContain('google_cloud_run_v2_service_iam_member.worker-invoker');
      expect(state).toContain('google_project_service.cloudscheduler-api');
      expect(state).not.toMatch(/google_cloud_scheduler_job|alert_policy/);
    });

    it('deletes nothing a second time, and a deploy recreates everything', async () => {
      const again = await sandbox.ops('delete-all', 'dev');
      expect(again.stdout).toContain(
        `Nothing to delete: Terraform manages no jobs or alerts of dev in ${PLACE}.`,
      );
      expect(again.status).toBe(0);
      const { changes } = await sandbox.json<{ changes: { action: string }[] }>('setup', 'dev');
      expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['created']));
      expect(await sandbox.jobNames()).toEqual([...OTHERS, ...DEV_JOBS].sort());
    });
  });

  describe('import', () => {
    const STAGING_JOBS = namesInTable('staging');
    const [IMPORTED = '', SAME = '', BY_API = '', BY_GCLOUD = ''] = STAGING_JOBS;

    /** Replaces a job by one that is made by hand, with what the table says and what a caller leaves out. */
    async function remakeByHand(name: string, changes: object): Promise<void> {
      const { description, schedule, timeZone, httpTarget } = await sandbox.job(name);
      await sandbox.deleteJob(name);
      await sandbox.createJob({ name, description, schedule, timeZone, httpTarget, ...changes });
    }

    it('is not the first advice when the state is empty', async () => {
      await sandbox.reset();
      await sandbox.deploy('staging');
      const refused = await sandbox.ops('setup', 'staging');
      const file = path.join(sandbox.env.TF_STATE_DIR ?? '', 'terraform.validibot-staging.tfstate');
      expect(refused.stderr).toContain(
        'Nothing was changed: the state of validibot-staging is empty, but these exist in ' +
          `${PLACE}: `,
      );
      expect(refused.stderr).toContain(
        `The state was looked for in ${file} (set by TF_STATE_DIR).\n` +
          'Fix: set TF_STATE_BUCKET, TF_CLOUD_ORGANIZATION or TF_STATE_DIR as for the last deploy; ' +
          'only if that state is lost (docs/recovering-state.md), or the jobs were made by hand: ' +
          'just gcp-scheduler-import staging\n',
      );
      expect(refused.status).toBe(1);
      const deleted = await sandbox.ops('delete-all', 'staging', '--confirm', 'validibot-staging');
      expect(deleted.stderr).toContain('the state of validibot-staging is empty, but these exist');
      expect(deleted.status).toBe(1);
    });

    it('shows the fields that differ, and changes nothing', async () => {
      await sandbox.patchJob(
        IMPORTED,
        { attemptDeadline: '180s', httpTarget: { oidcToken: { audience: 'https://example.com' } } },
        'attemptDeadline,httpTarget.oidcToken.audience',
      );
      await sandbox.pauseJob(IMPORTED);
      await remakeByHand(BY_API, { attemptDeadline: '600s' });
      expect(await sandbox.job(BY_API)).not.toHaveProperty('retryConfig');
      // As gcloud creates one: these are its own defaults.
      await remakeByHand(BY_GCLOUD, {
        attemptDeadline: '180s',
        retryConfig: { minBackoffDuration: '5s', maxBackoffDuration: '3600s', maxDoublings: 5 },
      });
      const { status, stdout } = await sandbox.ops('import', 'staging');
      expect(stdout).toMatch(
        new RegExp(`${IMPORTED} +│ audience +│ https://example.com +│ http://127`),
      );
      expect(stdout).toMatch(new RegExp(`${IMPORTED} +│ attemptDeadlineSeconds +│ 180 +│ 600 `));
      expect(stdout).toMatch(new RegExp(`${SAME} +│ matches the table `));
      expect(stdout).toMatch(
        new RegExp(`${BY_API} +│ matches the table .* │ default retries are written out`),
      );
      expect(stdout).toMatch(new RegExp(`${BY_GCLOUD} +│ attemptDeadlineSeconds +│ 180 +│ 600 `));
      expect(stdout).toContain(
        `${STAGING_JOBS.length} jobs and 4 other resources of staging in ${PLACE} can be imported. Nothing was changed.`,
      );
      expect(status).toBe(0);
      expect((await sandbox.job(IMPORTED)).attemptDeadline).toBe('180s');
    });

    it('imports them with --apply, and keeps a pause', async () => {
      const { applied, changes } = await sandbox.json<{
        applied: boolean;
        changes: { address: string; action: string; imported: boolean }[];
      }>('import', 'staging', '--apply');
      expect(applied).toBe(true);
      expect(changes.filter(({ imported }) => imported)).toHaveLength(STAGING_JOBS.length + 4);
      expect(changes).toContainEqual({
        address: `${JOB_TYPE}.${IMPORTED.replace(/^validibot-(.*)-staging$/, '$1')}`,
        action: 'changed',
        imported: true,
      });
      expect(await sandbox.job(IMPORTED)).toMatchObject({
        attemptDeadline: '600s',
        state: 'PAUSED',
      });
      const retryConfig = {
        ...{ minBackoffDuration: '5s', maxBackoffDuration: '3600s', maxDoublings: 5 },
        maxRetryDuration: '0s',
      };
      for (const name of [BY_API, BY_GCLOUD]) {
        expect(await sandbox.job(name)).toMatchObject({ attemptDeadline: '600s', retryConfig });
      }
      expect((await sandbox.ops('import', 'staging')).stdout).toContain('Nothing to import: ');
      expect((await sandbox.ops('setup', 'staging')).stdout).toBe(
        `Terraform has no changes for staging in ${PLACE}, but 1 job does not match the table.\n`,
      );
      expect((await sandbox.ops('resume', IMPORTED)).status).toBe(0);
      expect((await sandbox.ops('setup', 'staging')).stdout).toBe(
        `staging is up to date in ${PLACE}.\n`,
      );
    });
  });
});
