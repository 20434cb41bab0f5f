import path from 'node:path';
import { bareEnvironment, callOps, OpsSandbox, ROOT, runOps } from './support';
import { runProcess } from '../../lib/run-process';

/** The binary itself: npm's way to it takes longer than a command does. */
const JUST = path.join(
  ROOT,
  'node_modules',
  `rust-just-${process.platform}-${process.arch}`,
  'bin',
  'just',
);

/** Every recipe, with the command that it calls. */
const RECIPES: Readonly<Record<string, string>> = {
  'gcp-scheduler-setup': 'setup',
  'gcp-scheduler-list': 'list',
  'gcp-scheduler-run': 'run',
  'gcp-scheduler-pause': 'pause',
  'gcp-scheduler-resume': 'resume',
  'gcp-scheduler-pause-all': 'pause-all',
  'gcp-scheduler-resume-all': 'resume-all',
  'gcp-scheduler-delete-all': 'delete-all',
  'gcp-scheduler-import': 'import',
  'gcp-scheduler-next': 'next',
  'gcp-scheduler-logs': 'logs',
  'gcp-scheduler-doctor': 'doctor',
  'gcp-scheduler-review': 'review',
  'gcp-console': 'console',
};

function just(env: NodeJS.ProcessEnv, ...args: string[]) {
  return runProcess(JUST, args, { cwd: ROOT, env });
}

it.each(Object.entries(RECIPES))('just %s calls the command %s', async (recipe, command) => {
  const { status, stdout } = await just(bareEnvironment(), recipe, '--help');
  expect(stdout).toContain(`Usage: ops ${command} [options]`);
  expect(stdout).toContain('--json');
  expect(stdout).toContain(`As a recipe: just ${recipe}\n`);
  expect(status).toBe(0);
});

it('just without a recipe lists them', async () => {
  const { stdout } = await just(bareEnvironment());
  for (const recipe of Object.keys(RECIPES)) expect(stdout).toContain(`    ${recipe} `);
});

it('a recipe passes on the exit status, and arguments with spaces', async () => {
  const { status, stderr } = await just(bareEnvironment(), 'gcp-scheduler-next', 'de v');
  expect(stderr).toContain('stage is "de v"');
  expect(status).toBe(2);
});

describe("the document's examples", () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
    await sandbox.deploy('dev');
  });
  afterAll(() => sandbox.close());

  it.each([
    ['gcp-scheduler-list', [], 'validibot-clear-sessions-dev'],
    [
      'gcp-scheduler-run',
      ['validibot-cleanup-idempotency-keys-dev'],
      'validibot-cleanup-idempotency-keys-dev: succeeded',
    ],
    [
      'gcp-scheduler-pause',
      ['validibot-clear-sessions-dev'],
      'validibot-clear-sessions-dev is paused now.',
    ],
    [
      'gcp-scheduler-resume',
      ['validibot-clear-sessions-dev'],
      'validibot-clear-sessions-dev is enabled now.',
    ],
    ['gcp-console', [], 'https://console.cloud.google.com/cloudscheduler?project='],
  ])('just %s %j', async (recipe, args, output) => {
    const { status, stdout } = await just(sandbox.env, recipe, ...args);
    expect(stdout).toContain(output);
    expect(status).toBe(0);
  });
});

describe('without a project', () => {
  it('says how to set it', async () => {
    const { status, stdout, stderr } = await callOps(bareEnvironment(), ['list']);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'GCP_PROJECT_ID is not set: there is no project to work on. Expected: the id of a project. ' +
        'Fix: export GCP_PROJECT_ID=my-project.\n',
    );
    expect(status).toBe(2);
  });

  it('says everything that is wrong with the settings', async () => {
    const env = bareEnvironment({
      GCP_REGION: 'sydney',
      TF_VAR_project_id: 'X',
      IMPORT_EXISTING: 'qa',
    });
    const { status, stderr } = await callOps(env, ['list']);
    for (const subject of ['GCP_REGION', 'TF_VAR_project_id', 'IMPORT_EXISTING']) {
      expect(stderr).toContain(`${subject} is `);
    }
    expect(status).toBe(2);
  });
});

it('without credentials says how to get them', async () => {
  const env = bareEnvironment({
    GCP_PROJECT_ID: 'my-project',
    GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/key.json',
  });
  const { status, stderr } = await runOps(env, ['list']);
  expect(stderr).toMatch(/^No Google Cloud credentials: .*\/nowhere\/key\.json/);
  expect(stderr).toContain('Fix: gcloud auth application-default login');
  expect(status).toBe(1);
});
