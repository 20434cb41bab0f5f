import { runProcess } from '../../lib/run-process';
import { namesInTable, OpsSandbox, PLACE, runOps } from '../ops/support';
import { describeWithGcloud } from '../support/gcloud';
import { describeWithProvider } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Each step synthesizes, plans and applies with the real provider.
jest.setTimeout(180_000);

const JOBS = namesInTable('dev');
const [JOB = ''] = JOBS;
const NOT_ALL = '1 job does not match the table.\n';

const describeWithBoth = describeWithProvider() === describe ? describeWithGcloud() : describe.skip;

describeWithBoth('a live job whose URI lacks the last slash', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start(runOps);
    await sandbox.deploy('dev');
    const { httpTarget } = (await sandbox.job(JOB)) as { httpTarget: { uri: string } };
    const uri = httpTarget.uri.replace(/\/$/, '');
    await sandbox.patchJob(JOB, { httpTarget: { uri } }, 'httpTarget.uri');
  });
  afterAll(() => sandbox.close());

  it('is not called equal by import, and not by setup', async () => {
    const imported = await sandbox.ops('import', 'dev', '--apply');
    expect(imported.stderr).toContain(`Warning: ${JOB}: uri is `);
    expect(imported.stdout).toContain(
      `Imported ${JOBS.length} jobs and 4 other resources of dev in ${PLACE}, but ${NOT_ALL}`,
    );

    const { status, stdout } = await sandbox.ops('setup', 'dev');
    expect(stdout).toBe(`Terraform has no changes for dev in ${PLACE}, but ${NOT_ALL}`);
    expect(status).toBe(0);
    const review = await sandbox.ops('review', 'dev');
    expect(review.stdout).toContain('This plan does not fix that. Fix: `gcloud scheduler jobs ');
    expect(review.status).toBe(0);
    expect((await sandbox.ops('run', JOB)).status).toBe(1);
  });

  it('is fixed by the command that setup names', async () => {
    const { stderr } = await sandbox.ops('setup', 'dev');
    const fix = /^Fix: (gcloud .+)$/m.exec(stderr)?.[1] ?? '';
    const { findings } = await sandbox.json<{ findings: { check: string; fix?: string }[] }>(
      'doctor',
      'dev',
    );
    expect(findings.filter(({ check }) => check === 'job-drift').map((each) => each.fix)).toContain(
      fix,
    );
    const fixed = await runProcess('sh', ['-c', `${fix} --quiet`], { env: sandbox.env });
    expect(fixed).toMatchObject({ status: 0 });

    expect((await sandbox.ops('setup', 'dev')).stdout).toBe(`dev is up to date in ${PLACE}.\n`);
    expect((await sandbox.ops('run', JOB)).stdout).toContain(`${JOB} in ${PLACE}: succeeded`);
  });
});
