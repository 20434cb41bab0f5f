import fs from 'node:fs';
import path from 'node:path';
import { bareEnvironment, runProcess, SandboxProcess, type Outcome } from '../ops/support';
import { describeWithProvider } from '../support/terraform';
import { temporaryFolder } from '../support/temporary-folder';

// Real terraform, with the real provider.
jest.setTimeout(300_000);

interface Run extends Outcome {
  readonly folder: string;
  /** What the workflow's page would show. */
  readonly summary: string;
}

async function run(env: NodeJS.ProcessEnv, script: string, ...args: string[]): Promise<Run> {
  const folder = temporaryFolder();
  const summary = path.join(folder, 'summary');
  fs.writeFileSync(summary, '');
  const outcome = await runProcess(
    `github/${script}`,
    args.map((arg) => (arg === 'FOLDER' ? path.join(folder, 'out') : arg)),
    { ...env, GITHUB_STEP_SUMMARY: summary },
  );
  return {
    ...outcome,
    folder: path.join(folder, 'out'),
    summary: fs.readFileSync(summary, 'utf8'),
  };
}

function read({ folder }: Run, file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8');
}

describeWithProvider()("the workflows' steps, in the sandbox", () => {
  let sandbox: SandboxProcess;
  beforeAll(async () => {
    sandbox = await SandboxProcess.start();
  });
  afterAll(() => sandbox.close());

  it('review a stage, deploy what was reviewed, and find all well in the morning', async () => {
    const review = await run(sandbox.env, 'review-stage.sh', 'prod', 'FOLDER');
    expect(review.status).toBe(0);
    expect(read(review, 'prod.md')).toContain('Jobs: 6 created.');
    expect(review.summary).toBe(read(review, 'prod.md'));

    const deploy = await run(sandbox.env, 'deploy-stage.sh', 'prod');
    expect(deploy.stderr).not.toContain('Error');
    expect(deploy.status).toBe(0);
    expect(deploy.summary).toContain('### validibot-prod: passes review');
    expect(await sandbox.job('validibot-clear-sessions')).toMatchObject({ state: 'ENABLED' });

    const check = await run(sandbox.env, 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(JSON.parse(read(check, 'prod.review.json'))).toMatchObject({ jobs: [], outside: [] });
    expect(JSON.parse(read(check, 'prod.doctor.json'))).toMatchObject({ stage: 'prod' });
  });

  it('find in the morning what somebody changed', async () => {
    await sandbox.patchJob('validibot-clear-sessions', { schedule: '0 6 * * *' }, 'schedule');
    const check = await run(sandbox.env, 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(JSON.parse(read(check, 'prod.review.json'))).toMatchObject({
      outside: [{ name: 'validibot-clear-sessions', changes: [{ plan: 'sets back' }] }],
    });
  });

  it('deploy nothing from a plan that broke off, even when stopping jobs is allowed', async () => {
    await sandbox.fault({ fault: 'worker-missing', stage: 'prod' });
    const deploy = await run(sandbox.env, 'deploy-stage.sh', 'prod', '--allow-destroy');
    expect(deploy.stderr).toContain('prod is not deployed: its plan failed the review.');
    expect(deploy.status).toBe(1);
    await sandbox.clearFaults();
    expect(await sandbox.job('validibot-clear-sessions')).toMatchObject({ schedule: '0 6 * * *' });
  });
});

describe('review-stage.sh', () => {
  it('leaves a review that fails where there is no plan, and says why in the log', async () => {
    const review = await run(bareEnvironment(), 'review-stage.sh', 'prod', 'FOLDER');
    expect(review.stderr).toContain('GCP_PROJECT_ID is not set');
    expect(review.status).toBe(2);
    expect(read(review, 'prod.md')).toBe(
      '### prod: fails review\n\nThere is no plan to review. The log of the check says why.\n',
    );
  });
});

describe('check-stage.sh', () => {
  it('leaves empty files where nothing could be looked at', async () => {
    const check = await run(bareEnvironment(), 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(read(check, 'prod.review.json')).toBe('');
    expect(read(check, 'prod.doctor.json')).toBe('');
  });
});
