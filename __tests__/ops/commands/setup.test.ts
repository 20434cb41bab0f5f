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
        'Fix: just gcp-scheduler-doctor dev\n',
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
