import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../../lib/run-process';
import { jobsOfStage, STAGES } from '../../stages/stages';
import { namesInTable, PLACE, runOps } from '../ops/support';
import { skipped } from '../support/skipped';
import { temporaryFolder } from '../support/temporary-folder';
import { Otf, otfServer } from './otf';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Each step plans and applies with the real provider, on a real server.
jest.setTimeout(300_000);

const server = otfServer();
const describeWithOtf =
  server === undefined
    ? skipped('OTF_HOST, OTF_TOKEN and OTF_CA are not set; see docs/otf.md.')
    : describe;

const [TASK = ''] = jobsOfStage(STAGES.dev).map(({ task }) => task);
const JOB = `validibot-${TASK}-dev`;

describeWithOtf('operations with a real otf server', () => {
  let otf: Otf;
  beforeAll(async () => {
    if (server !== undefined) otf = await Otf.start(server);
  });
  afterAll(() => otf.close());

  function ops(...args: string[]): Promise<Outcome> {
    return runOps(otf.env(), args);
  }

  /** Runs a command, and interrupts it as soon as its stderr contains a text. */
  function interrupted(text: string, ...args: string[]): Promise<Outcome> {
    return runOps(otf.env(), args, (child) => {
      let seen = '';
      child.stderr?.on('data', (chunk: string) => {
        const before = seen.includes(text);
        seen += chunk;
        if (!before && seen.includes(text)) child.kill('SIGINT');
      });
    });
  }

  it('setup deploys a stage, and prints the URL of the run', async () => {
    const { status, stdout, stderr } = await ops('setup', 'dev');
    expect(stderr).toContain(`**\`${JOB}\`: created**`);
    expect(stdout).toBe(`dev is deployed to ${PLACE}.\n`);
    expect(status).toBe(0);
    const { id, status: run } = await otf.lastRun('dev');
    expect(stderr).toContain(`The plan runs in HCP Terraform: https://${server?.host}/app/`);
    expect(stderr).toContain(`/validibot-dev/runs/${id}\n`);
    expect(stderr).toContain(`google_cloud_scheduler_job.${TASK}: Creation complete`);
    expect(run).toBe('applied');
    expect(await otf.sandbox.jobNames()).toHaveLength(namesInTable('dev').length);
  });

  it('setup of an unchanged stage exits with 0, and applies nothing', async () => {
    const { status, stdout, stderr } = await ops('setup', 'dev');
    expect(stdout).toBe(`dev is up to date in ${PLACE}.\n`);
    expect(stderr).not.toContain('Deploying');
    expect(status).toBe(0);
    expect((await otf.lastRun('dev')).status).toBe('planned_and_finished');
  });

  it('setup discards a plan that must not be applied', async () => {
    const byHand = `validibot-${TASK}-staging`;
    await otf.sandbox.createJob({
      name: byHand,
      schedule: '0 2 * * *',
      httpTarget: { uri: 'https://example.com/', httpMethod: 'POST' },
    });
    const { status, stderr } = await ops('setup', 'staging');
    expect(stderr).toContain(
      `the state of validibot-staging is empty, but these exist in ${PLACE}: ${byHand}`,
    );
    expect(status).toBe(1);
    expect((await otf.lastRun('staging')).status).toBe('discarded');
    await otf.sandbox.deleteJob(byHand);
  });

  it('Ctrl-C during an apply says that the apply continues', async () => {
    const { status, stderr } = await interrupted('Creating...', 'setup', 'prod');
    const { id } = await otf.lastRun('prod');
    expect(stderr).toMatch(
      new RegExp(`the apply continues in HCP Terraform \\(applying\\): https://\\S+${id}\n$`),
    );
    expect(status).toBe(130);
    while ((await otf.lastRun('prod')).status !== 'applied') await sleep(200);
  });

  it('Ctrl-C at the start of an apply leaves nothing to confirm, and says what happened', async () => {
    await otf.sandbox.patchJob(JOB, { schedule: '7 7 7 7 *' }, 'schedule');
    const { status, stderr } = await interrupted('The apply runs in', 'setup', 'dev');
    expect(status).toBe(130);
    // Terraform may have been faster.
    const [, end] =
      /Interrupted(?:, but)?(\. Nothing was changed| the apply continues)/.exec(stderr) ?? [];
    const expected = end === '. Nothing was changed' ? 'discarded' : 'applied';
    const isApplying = async () =>
      ['applying', 'apply_queued'].includes((await otf.lastRun('dev')).status);
    while (await isApplying()) await sleep(200);
    expect({ end, status: (await otf.lastRun('dev')).status }).toEqual({
      end: expect.any(String) as string,
      status: expected,
    });
  });

  it('setup deploys a changed stage, and exits with 0 for unchanged ones', async () => {
    expect((await ops('setup', 'staging')).status).toBe(0);
    await otf.sandbox.patchJob(JOB, { schedule: '7 7 7 7 *' }, 'schedule');
    const outcomes: Outcome[] = [];
    for (const stage of ['dev', 'staging', 'prod']) outcomes.push(await ops('setup', stage));
    expect(outcomes.map(({ stdout }) => stdout)).toEqual([
      `dev is deployed to ${PLACE}.\n`,
      `staging is up to date in ${PLACE}.\n`,
      `prod is up to date in ${PLACE}.\n`,
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0]);
  });

  it('review plans speculatively, and does not block other runs', async () => {
    await otf.sandbox.patchJob(JOB, { schedule: '7 7 7 7 *' }, 'schedule');
    const { status, stdout } = await ops('review', 'dev');
    expect(stdout).toContain(`**\`${JOB}\`: changed**`);
    expect(status).toBe(0);
    expect(await otf.lastRun('dev')).toMatchObject({
      status: 'planned_and_finished',
      isSpeculative: true,
    });
    expect((await ops('setup', 'dev')).stdout).toBe(`dev is deployed to ${PLACE}.\n`);
  });

  it('delete-all discards its plan if it is not confirmed', async () => {
    expect((await ops('delete-all', 'staging')).status).toBe(2);
    expect((await otf.lastRun('staging')).status).toBe('discarded');
  });

  it('setup shows the cause and the run if the worker is missing', async () => {
    await otf.sandbox.fault({ fault: 'worker-missing', stage: 'staging' });
    const { status, stderr } = await ops('setup', 'staging');
    await otf.sandbox.clearFaults();
    const { id, status: run } = await otf.lastRun('staging');
    expect(stderr).toMatch(/Error: .*validibot-worker-staging/);
    expect(stderr).toContain(`/validibot-staging/runs/${id}`);
    expect(status).toBe(1);
    expect(run).toBe('errored');
  });

  it('Ctrl-C during planning leaves nothing to confirm', async () => {
    await otf.sandbox.patchJob(JOB, { schedule: '7 7 7 7 *' }, 'schedule');
    const { status } = await interrupted('The plan runs in HCP Terraform', 'setup', 'dev');
    expect(status).toBe(130);
    expect(['canceled', 'discarded']).toContain((await otf.lastRun('dev')).status);
    expect((await ops('setup', 'dev')).stdout).toBe(`dev is deployed to ${PLACE}.\n`);
  });

  it('review --out leaves a run that waits, and says so', async () => {
    const file = path.join(temporaryFolder(), 'dev.plan');
    await otf.sandbox.patchJob(JOB, { schedule: '8 8 8 8 *' }, 'schedule');
    const { stderr, status } = await ops('review', 'dev', '--out', file);
    expect(stderr).toContain(`The plan is saved in ${file}. Until it is applied or discarded`);
    expect(status).toBe(0);
    expect((await otf.lastRun('dev')).isConfirmable).toBe(true);
  });

  it('setup plans and applies on this machine in execution mode Local', async () => {
    await otf.setExecutionMode('staging', 'local');
    const before = await otf.runs('staging');
    await otf.sandbox.deleteJob(`validibot-${TASK}-staging`);
    const { status, stdout } = await ops('setup', 'staging');
    expect(stdout).toBe(`staging is deployed to ${PLACE}.\n`);
    expect(status).toBe(0);
    expect((await ops('review', 'staging')).stdout).toContain('No changes.');
    expect(await otf.runs('staging')).toEqual(before);
  });

  it('only the kept plan has a run that can still be confirmed', async () => {
    const runs = [
      ...(await otf.runs('dev')),
      ...(await otf.runs('staging')),
      ...(await otf.runs('prod')),
    ];
    expect(runs.filter(({ isConfirmable }) => isConfirmable)).toHaveLength(1);
  });
});
