import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { namesInTable, PLACE } from '../ops/support';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider } from '../support/terraform';
import { runCommand } from './sandbox';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

const ROOT = path.join(__dirname, '..', '..');
const DEV_JOBS = namesInTable('dev');
const [JOB = ''] = DEV_JOBS;
const STEP = '==== step ====';

/**
 * What a new user does, in one sandbox. Before a deploy, cdktf locks the providers; without a lock
 * file that requires the public registry, hence the init.
 */
const SCRIPT = `
  set -e
  deploy() { npx cdktf deploy validibot-dev --auto-approve -o "$CDKTF_OUTDIR"; }
  node lib/launch/main.js main.ts
  (cd "$CDKTF_OUTDIR/stacks/validibot-dev" && terraform init -input=false)
  echo '${STEP}'; deploy
  echo '${STEP}'; deploy
  echo '${STEP}'; node lib/launch/main.js ops/start.ts run ${JOB}
  echo '${STEP}'; npx cdktf destroy validibot-dev --auto-approve -o "$CDKTF_OUTDIR"
`;

describeWithProvider()('npx cdktf deploy validibot-dev, in the sandbox', () => {
  // A local state in the project's root, where it is without a sandbox.
  const beside = path.join(ROOT, 'terraform.sandbox-test.tfstate');
  beforeAll(() => {
    fs.writeFileSync(beside, 'untouched');
  });
  afterAll(() => {
    fs.rmSync(beside);
  });

  it('creates the jobs, runs one, changes nothing the second time, and touches no other state', async () => {
    const before = stateFiles();
    const args = ['lib/launch/main.js', 'stages/sandbox.ts', 'exec', '--', 'sh', '-c', SCRIPT];
    const env = {
      ...process.env,
      CDKTF_OUTDIR: temporaryFolder(),
      TF_VAR_project_id: 'real-project',
    };

    const { status, output } = await runCommand(process.execPath, args, { cwd: ROOT, env });

    const [, deployed = '', again = '', ran = '', destroyed = ''] = stripVTControlCharacters(output)
      .replace(/\s+/g, ' ')
      .split(STEP);
    expect(deployed.match(/google_cloud_scheduler_job\.\S+: Creation complete/g)).toHaveLength(
      DEV_JOBS.length,
    );
    expect(again).toContain('No changes. Your infrastructure matches the configuration.');
    expect(ran).toContain(`${JOB} in ${PLACE}: succeeded`);
    expect(destroyed.match(/google_cloud_scheduler_job\.\S+: Destruction complete/g)).toHaveLength(
      DEV_JOBS.length,
    );
    expect(status).toBe(0);
    expect(fs.readFileSync(beside, 'utf8')).toBe('untouched');
    expect(stateFiles()).toEqual(before);
  }, 240_000);
});

/** The state files in the project's root, with the time of their last change. */
function stateFiles(): string[] {
  return fs
    .readdirSync(ROOT)
    .filter((name) => name.includes('.tfstate'))
    .map((name) => `${name} ${fs.statSync(path.join(ROOT, name)).mtimeMs}`);
}
