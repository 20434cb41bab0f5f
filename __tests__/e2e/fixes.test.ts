import { spawnSync } from 'node:child_process';
import { runProcess } from '../../lib/run-process';
import type { FindingId } from '../../ops/checks/findings';
import { PROOFS } from '../ops/checks/proofs';
import { namesInTable, OpsSandbox, PLACE, PROJECT, ROOT, runOps } from '../ops/support';
import { describeWithProvider } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Each step synthesizes, plans and applies with the real provider.
jest.setTimeout(180_000);

interface Finding {
  readonly finding?: string;
  readonly status: string;
  readonly subject: string;
  readonly fix?: string;
  readonly steps?: readonly { readonly command?: string }[];
}

const JOBS = namesInTable('dev');

/** What one deploy fixes. The audience is broken while the grant still lets the job in. */
const FIXED_BY_SETUP: readonly FindingId[] = [
  'attempt-wrong-audience',
  'job-missing',
  'job-drifted',
  'job-targets-web',
  'job-targets-other',
  'attempt-explained',
  'invoker-missing',
  'alerts-missing',
];

describeWithProvider()('with the real provider', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start(runOps);
    expect((await sandbox.ops('setup', 'dev')).status).toBe(0);
  });
  afterAll(() => sandbox.close());

  async function findings(stage = 'dev'): Promise<Finding[]> {
    const all = (await sandbox.json<{ findings: Finding[] }>('doctor', stage)).findings;
    return all.filter(({ status }) => status !== 'ok');
  }

  const ofSetup = async () =>
    (await findings()).filter(({ finding }) => FIXED_BY_SETUP.includes(finding as FindingId));

  it('has a test for every finding that says so', () => {
    const said = Object.entries(PROOFS).filter(([, { byTerraform }]) => byTerraform);
    expect(said.map(([id]) => id).sort()).toEqual([...FIXED_BY_SETUP, 'stage-undeployed'].sort());
  });

  it('setup, and the runs that the doctor names, fix all that a deploy fixes', async () => {
    for (const [index, id] of FIXED_BY_SETUP.entries()) {
      await PROOFS[id].breakIt?.(sandbox, JOBS[index % JOBS.length] ?? '');
    }
    await deleteAlert();
    const found = await ofSetup();
    expect(new Set(found.map(({ finding }) => finding))).toEqual(new Set(FIXED_BY_SETUP));
    const commands = new Set(found.flatMap(({ steps = [] }) => steps.map((step) => step.command)));
    const [first = '', ...runs] = [...commands]
      .map((command = '') => command.replace('just gcp-scheduler-', ''))
      .sort((a, b) => Number(b.startsWith('setup')) - Number(a.startsWith('setup')));
    expect(first).toBe('setup dev');
    for (const command of [first, ...runs]) {
      const { status, stderr } = await sandbox.ops(...command.split(' '));
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    }
    expect(await ofSetup()).toEqual([]);
  });

  it('setup deploys a stage that the doctor calls undeployed', async () => {
    const [found, ...others] = await findings('staging');
    expect(found).toMatchObject({
      finding: 'stage-undeployed',
      fix: 'just gcp-scheduler-setup staging',
    });
    expect(others).toEqual([]);
    expect((await sandbox.ops('setup', 'staging')).status).toBe(0);
    expect(await findings('staging')).toEqual([]);
  });

  (spawnSync('gcloud', ['--version']).error === undefined ? it : it.skip)(
    'a job in UPDATE_FAILED recovers by the command that setup and the doctor name',
    async () => {
      const [job = ''] = JOBS;
      await sandbox.fault({ fault: 'update-failed', job });
      const { stdout, stderr } = await sandbox.ops('setup', 'dev');
      // Terraform sees no difference, so it sends no update.
      expect(stdout).toBe(
        `Terraform has no changes for dev in ${PLACE}, but 1 job does not match the table.\n`,
      );
      const [found] = (await findings()).filter(({ subject }) => subject === job);
      const { fix = '' } = found ?? {};
      expect(found).toMatchObject({ finding: 'job-update-failed' });
      expect(stderr).toContain(`in state UPDATE_FAILED, so it does not run.\nFix: ${fix}\n`);
      const env = { ...sandbox.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };
      const { status } = await runProcess('sh', ['-c', fix], { cwd: ROOT, env });
      expect(status).toBe(0);
      expect((await findings()).filter(({ subject }) => subject === job)).toEqual([]);
      expect((await sandbox.ops('setup', 'dev')).stdout).toBe(`dev is up to date in ${PLACE}.\n`);
    },
  );

  async function deleteAlert(): Promise<void> {
    const list = await sandbox.call('GET', `/v3/projects/${PROJECT}/alertPolicies`);
    const [policy] = list.alertPolicies as { name: string }[];
    await sandbox.call('DELETE', `/v3/${policy?.name}`);
  }
});
