import path from 'node:path';
import { PROJECT_APIS, serviceOf } from '../../stages/apis';
import { runProcess } from '../../lib/run-process';
import { OpsSandbox, ROOT } from '../ops/support';
import { describeWithGcloud } from '../support/gcloud';

jest.setTimeout(60_000);

const JOB = 'validibot-clear-sessions-dev';
const WORKER = 'validibot-worker-dev';

let sandbox: OpsSandbox;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});

/** What mends the stage by the doctor's word, but for what a deploy mends. */
async function mends(): Promise<string[]> {
  const { findings } = await sandbox.json<{ findings: { status: string; fix?: string }[] }>(
    'doctor',
    'dev',
  );
  const failures = findings.filter(({ status }) => status === 'failure');
  return [...new Set(failures.map(({ fix = '' }) => fix))];
}

/** Runs a command as it is, as an operator would who copies it. */
async function run(command: string): Promise<void> {
  // Of all that the doctor names, only this needs terraform: operations.test.ts has that.
  if (command === 'just gcp-scheduler-setup dev') return sandbox.redeploy('dev');
  const env = {
    ...sandbox.env,
    PATH: `${path.join(ROOT, 'node_modules', '.bin')}:${sandbox.env.PATH ?? ''}`,
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
  };
  const { status, stdout, stderr } = await runProcess('sh', ['-c', command], { cwd: ROOT, env });
  if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
}

describeWithGcloud()('the commands that the doctor names, as they are, fix that', () => {
  it.each<readonly [string, () => Promise<unknown>]>([
    // Without serviceusage, nothing can be asked about any API.
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
      'a job failed, by what is mended already',
      async () => {
        await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 404, times: 1 });
        await sandbox.ops('run', JOB);
      },
    ],
    [
      'a foreign job aims at the worker',
      async () => {
        const [url = ''] = await sandbox.urlsOf(WORKER);
        await sandbox.createJob({
          name: 'by-hand',
          schedule: '0 2 * * *',
          timeZone: 'UTC',
          httpTarget: { uri: `${url}/x` },
        });
      },
    ],
  ])('%s', async (_what, cause) => {
    await cause();
    expect(await mends()).not.toEqual([]);
    // A fix may let the doctor see what it could not before.
    for (let rounds = 0; rounds < 4; rounds += 1) {
      for (const command of await mends()) await run(command);
    }
    expect(await mends()).toEqual([]);
  });
});
