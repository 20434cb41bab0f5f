import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProcess, type Outcome } from '../../../lib/run-process';
import { temporaryFolder } from '../../support/temporary-folder';
import { bareEnvironment, ROOT, runOps } from '../support';

/**
 * A terraform whose `init` waits until it is told to go on, and whose plan has changes: what would be
 * deployed is the time zone in the configuration that it reads.
 */
const TERRAFORM = `#!/bin/sh
mkdir -p .terraform
case "$1" in
  init) touch "$WAITING"; while [ ! -e "$GO_ON" ]; do sleep 0.05; done;;
  plan) grep -o '"time_zone": "[^"]*"' cdk.tf.json | sort -u > "$PLANNED"; exit 0;;
esac
`;

interface Running {
  readonly env: NodeJS.ProcessEnv;
  /** What was planned, after `init` has gone on and the command has ended. */
  readonly end: () => Promise<{ readonly outcome: Outcome; readonly planned: string }>;
}

/** Starts `setup` in a process of its own, and returns while its terraform initializes. */
async function startSetup(): Promise<Running> {
  const folder = temporaryFolder();
  const binary = path.join(folder, 'terraform');
  fs.writeFileSync(binary, TERRAFORM, { mode: 0o755 });
  const inFolder = (name: string) => path.join(folder, name);
  const env = bareEnvironment({
    GCP_PROJECT_ID: 'my-project',
    GOOGLE_OAUTH_ACCESS_TOKEN: 'token',
    // Nothing listens there.
    GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: 'http://127.0.0.1:9/v1/',
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: 'http://127.0.0.1:9/v2/',
    TERRAFORM_BINARY_NAME: binary,
    CDKTF_OUTDIR: inFolder('cdktf.out'),
    TF_STATE_DIR: folder,
    WAITING: inFolder('waiting'),
    GO_ON: inFolder('go-on'),
    PLANNED: inFolder('planned'),
  });
  const ended = runOps(env, ['setup', 'dev']);
  while (!fs.existsSync(inFolder('waiting'))) await sleep(20);
  const end = async () => {
    fs.writeFileSync(inFolder('go-on'), '');
    const outcome = await ended;
    return { outcome, planned: fs.readFileSync(inFolder('planned'), 'utf8').trim() };
  };
  return { env, end };
}

const TOKYO = { GCP_SCHEDULER_TIMEZONE: 'Asia/Tokyo' };
const SYDNEY = '"time_zone": "Australia/Sydney"';

it('plans what it synthesized, whatever npm run synth writes meanwhile', async () => {
  const { env, end } = await startSetup();
  const other = await runProcess('node', ['lib/launch/main.js', 'main.ts'], {
    cwd: ROOT,
    env: { ...env, ...TOKYO },
  });
  expect(other.status).toBe(0);
  const { outcome, planned } = await end();
  expect(outcome.status).toBe(0);
  expect(planned).toBe(SYDNEY);
});

it('refuses a second command for the stage, and none for another stage', async () => {
  const { env, end } = await startSetup();
  for (const command of ['setup', 'review', 'import', 'delete-all']) {
    const { status, stderr } = await runOps({ ...env, ...TOKYO }, [command, 'dev']);
    expect(stderr).toMatch(/Another command is working on validibot-dev \(process \d+ on /);
    expect(status).toBe(1);
  }
  const PLANNED = `${env.PLANNED ?? ''}-staging`;
  const staging = runOps({ ...env, ...TOKYO, PLANNED }, ['setup', 'staging']);
  const { outcome, planned } = await end();
  expect(outcome.status).toBe(0);
  expect(planned).toBe(SYDNEY);
  expect((await staging).status).toBe(0);
  expect(fs.readFileSync(PLANNED, 'utf8')).toContain('Asia/Tokyo');
  // Both have given their locks back.
  const left = fs.readdirSync(path.join(env.CDKTF_OUTDIR ?? '', 'ops'));
  expect(left.sort()).toEqual(['dev', 'staging']);
});
