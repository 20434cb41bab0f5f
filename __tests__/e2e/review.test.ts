import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { namesInTable, OpsSandbox, ROOT, runOps, stackFolder } from '../ops/support';
import { describeWithProvider } from '../support/terraform';
import { temporaryFolder } from '../support/temporary-folder';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Real terraform, with the real provider.
jest.setTimeout(300_000);

const DEV_JOBS = namesInTable('dev');
const [JOB = ''] = DEV_JOBS;

const JUST = path.join(ROOT, 'node_modules', '.bin', 'just');

describeWithProvider()('just gcp-scheduler-review, in the sandbox', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
  });
  afterAll(() => sandbox.close());

  it('plans a stage, shows what would be created, and creates nothing', async () => {
    const { status, stdout } = await runProcess(JUST, ['gcp-scheduler-review', 'dev'], {
      cwd: ROOT,
      env: sandbox.env,
    });
    expect(stdout).toContain('### validibot-dev: passes review');
    expect(stdout).toContain(`Jobs: ${DEV_JOBS.length} created.`);
    expect(status).toBe(0);
    await expect(sandbox.job(JOB)).rejects.toThrow('NOT_FOUND');
  });

  it('saves a plan that can be applied, after which the next plan is empty', async () => {
    const out = path.join(temporaryFolder(), 'dev.tfplan');
    const first = await runOps(sandbox.env, ['review', 'dev', '--out', out]);
    expect(first.status).toBe(0);
    expect(fs.statSync(out).mode & 0o777).toBe(0o600);
    const stack = stackFolder(sandbox.env, 'dev');
    const apply = await runProcess('terraform', [`-chdir=${stack}`, 'apply', out], {
      cwd: ROOT,
      env: sandbox.env,
    });
    expect(apply.stderr).toBe('');
    expect(apply.status).toBe(0);
    const second = await runOps(sandbox.env, ['review', 'dev']);
    expect(second.stdout).toBe('### validibot-dev: passes review\n\nNo changes.\n');
  });

  it('rejects an existing file for --out', async () => {
    const out = path.join(temporaryFolder(), 'dev.tfplan');
    fs.writeFileSync(out, 'an older plan');
    const { status, stdout, stderr } = await runOps(sandbox.env, ['review', 'dev', '--out', out]);
    expect(stderr).toContain(`Invalid --out ${JSON.stringify(out)}: file already exists`);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(fs.readFileSync(out, 'utf8')).toBe('an older plan');
  });

  it('shows drift, and reviews an incomplete plan', async () => {
    await sandbox.pauseJob(JOB);
    const paused = await runOps(sandbox.env, ['review', 'dev']);
    expect(paused.stdout).toContain('| State | `running` | `paused` | keeps it |');
    expect(paused.status).toBe(0);
    await sandbox.fault({ fault: 'worker-missing', stage: 'dev' });
    const broken = await runOps(sandbox.env, ['review', 'dev']);
    expect(broken.stdout).toMatch(
      /^- Terraform could not finish this plan, so the review is incomplete: .*not found/m,
    );
    expect(broken.stderr).toContain('validibot-worker-dev');
    expect(broken.status).toBe(1);
  });
});
