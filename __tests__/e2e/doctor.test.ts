import path from 'node:path';
import { PROJECT_APIS, serviceOf } from '../../stages/apis';
import { runProcess } from '../../lib/run-process';
import { namesInTable, OpsSandbox, ROOT } from '../ops/support';
import { describeWithGcloud } from '../support/gcloud';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

jest.setTimeout(60_000);

const [JOB = ''] = namesInTable('dev');

let sandbox: OpsSandbox;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});

/** The fixes that the doctor suggests for the stage. */
async function fixes(): Promise<string[]> {
  const { findings } = await sandbox.json<{ findings: { status: string; fix?: string }[] }>(
    'doctor',
    'dev',
  );
  const failures = findings.filter(({ status }) => status === 'failure');
  return [...new Set(failures.map(({ fix = '' }) => fix))];
}

/** Runs a command unchanged, as an operator who copies it would. */
async function run(command: string): Promise<void> {
  // The only command that needs terraform: operations.test.ts covers it.
  if (command === 'just gcp-scheduler-setup dev') return sandbox.redeploy('dev');
  const env = {
    ...sandbox.env,
    PATH: `${path.join(ROOT, 'node_modules', '.bin')}:${sandbox.env.PATH ?? ''}`,
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
  };
  const { status, stdout, stderr } = await runProcess('sh', ['-c', command], { cwd: ROOT, env });
  if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
}

describeWithGcloud()('the commands that the doctor suggests fix the problem that', () => {
  it.each<readonly [string, () => Promise<unknown>]>([
    // Without serviceusage, no API can be checked.
    ...PROJECT_APIS.filter((api) => api !== 'serviceusage').map(
      (api) =>
        [
          `${api} is not enabled`,
          () => sandbox.fault({ fault: 'api-disabled', api: serviceOf(api) }),
        ] as const,
    ),
    ['the account is missing', () => sandbox.fault({ fault: 'account-missing', stage: 'dev' })],
    ['the account is disabled', () => sandbox.fault({ fault: 'account-disabled', stage: 'dev' })],
    ['the service agent has lost its role', () => sandbox.fault({ fault: 'agent-role-missing' })],
    ['a job is paused', () => sandbox.pauseJob(JOB)],
    [
      'a job failed for a reason that is already fixed',
      async () => {
        await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 404, times: 1 });
        await sandbox.ops('run', JOB);
      },
    ],
  ])('%s', async (_what, cause) => {
    await cause();
    expect(await fixes()).not.toEqual([]);
    // A fix may reveal further problems.
    for (let rounds = 0; rounds < 4; rounds += 1) {
      for (const command of await fixes()) await run(command);
    }
    expect(await fixes()).toEqual([]);
  });
});
