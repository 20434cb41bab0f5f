import { CONSENT_KINDS } from '../../ops/plan-review/consent';
import { namesInTable, OpsSandbox } from '../ops/support';
import { read, runScript, runStep } from '../ci/workflows/scripts';
import type { StageName } from '../../stages/stages';
import { describeWithProvider } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Uses the real terraform and provider.
jest.setTimeout(300_000);

const PROD_JOBS = namesInTable('prod');
const [JOB = ''] = PROD_JOBS;

/** The step of deploy-stage.yml before the approval. */
const planStep = (env: NodeJS.ProcessEnv, stage: StageName, allow = '') =>
  runStep('deploy-stage.yml', 'Plan and review', { ...env, STAGE: stage, ALLOW: allow });

/** The step after it, which is given the digest of what was reviewed. */
const applyStep = (env: NodeJS.ProcessEnv, stage: StageName, digest: string, allow = '') =>
  runStep('deploy-stage.yml', 'Plan, review and apply', {
    ...env,
    STAGE: stage,
    ALLOW: allow,
    DIGEST: digest,
  });

const deployStep = async (env: NodeJS.ProcessEnv, stage: StageName) =>
  applyStep(env, stage, (await planStep(env, stage)).outputs.digest ?? '');

describeWithProvider()("the workflows' steps, in the sandbox", () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
  });
  afterAll(() => sandbox.close());

  it('review a stage, deploy it, and find no problems in the morning check', async () => {
    const review = await runScript(sandbox.env, 'review-stage.sh', 'prod', 'FOLDER');
    expect(review.status).toBe(0);
    expect(read(review, 'prod.md')).toContain(`Jobs: ${PROD_JOBS.length} created.`);
    expect(review.summary).toBe(read(review, 'prod.md'));

    const deploy = await deployStep(sandbox.env, 'prod');
    expect(deploy.stderr).not.toContain('Error');
    expect(deploy.status).toBe(0);
    expect(deploy.summary).toContain('### validibot-prod: passes review');
    expect(await sandbox.job(JOB)).toMatchObject({ state: 'ENABLED' });

    const check = await runScript(sandbox.env, 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(JSON.parse(read(check, 'prod.review.json'))).toMatchObject({ jobs: [], drift: [] });
    expect(JSON.parse(read(check, 'prod.doctor.json'))).toMatchObject({ stage: 'prod' });
  });

  it('report manual changes in the morning check', async () => {
    await sandbox.patchJob(JOB, { schedule: '7 7 7 7 *' }, 'schedule');
    const check = await runScript(sandbox.env, 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(JSON.parse(read(check, 'prod.review.json'))).toMatchObject({
      drift: [{ name: JOB, changes: [{ plan: 'reverts it' }] }],
    });
  });

  it('succeed for a stage without changes, so that the next stage is deployed', async () => {
    await deployStep(sandbox.env, 'dev');
    const again = await deployStep(sandbox.env, 'dev');
    expect(again.status).toBe(0);
    expect(again.summary).toContain('### validibot-dev: passes review');
  });

  it('deploy nothing if planning failed, whatever the labels accept', async () => {
    const { outputs } = await planStep(sandbox.env, 'prod');
    await sandbox.fault({ fault: 'worker-missing', stage: 'prod' });
    const accepted = CONSENT_KINDS.join();
    const plan = await planStep(sandbox.env, 'prod', accepted);
    expect([plan.status, plan.outputs]).toEqual([1, {}]);
    const deploy = await applyStep(sandbox.env, 'prod', outputs.digest ?? '', accepted);
    expect(deploy.status).toBe(1);
    await sandbox.clearFaults();
    expect(await sandbox.job(JOB)).toMatchObject({ schedule: '7 7 7 7 *' });
  });

  it('deploy nothing else than what was reviewed before the approval', async () => {
    const plan = await planStep({ ...sandbox.env, GITHUB_ACTIONS: 'true' }, 'prod');
    expect(plan.summary).toContain(
      `Digest of the changes: \`${plan.outputs.digest?.split(':')[0] ?? ''}\``,
    );
    expect(plan.stdout).toContain(
      `::notice title=validibot-prod: passes review::Jobs: 1 changed, ${PROD_JOBS.length - 1} unchanged. ` +
        'The review is in the summary of this run.\n',
    );
    const [, other = ''] = PROD_JOBS;
    await sandbox.patchJob(other, { schedule: '8 8 8 8 *' }, 'schedule');
    const refused = await applyStep(sandbox.env, 'prod', plan.outputs.digest ?? '');
    expect(refused.stderr).toMatch(
      /Nothing was changed: the plan of validibot-prod is not the one that was reviewed:\n {2}google_cloud_scheduler_job\.\S+ was not to be changed\n/,
    );
    expect(refused.status).toBe(1);
    expect(await sandbox.job(JOB)).toMatchObject({ schedule: '7 7 7 7 *' });
    // The digest of another stage's plan, or none, deploys nothing either.
    expect((await applyStep(sandbox.env, 'prod', '')).status).toBe(2);

    const again = await deployStep(sandbox.env, 'prod');
    expect(again.status).toBe(0);
    expect(await sandbox.job(other)).not.toMatchObject({ schedule: '8 8 8 8 *' });
  });
});
