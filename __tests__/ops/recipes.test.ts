import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { jobsOfStage, STAGES } from '../../stages/stages';
import { temporaryFolder } from '../support/temporary-folder';
import { bareEnvironment, callOps, OpsSandbox, PLACE, ROOT, runOps } from './support';

// Recipes run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

/** The binary itself: npm's wrapper takes longer to start than a command takes. */
const JUST = path.join(
  ROOT,
  'node_modules',
  `rust-just-${process.platform}-${process.arch}`,
  'bin',
  'just',
);

/** Every recipe, with the command that it runs. */
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
  'gcp-scheduler-tasks': 'tasks',
  'gcp-scheduler-review': 'review',
  'gcp-scheduler-page': 'page',
  'gcp-console': 'console',
};

function just(env: NodeJS.ProcessEnv, ...args: string[]) {
  return runProcess(JUST, args, { cwd: ROOT, env });
}

/** What `just --list` says of each recipe. */
const SUMMARIES = new Map(
  [
    ...fs
      .readFileSync(path.join(ROOT, 'justfile'), 'utf8')
      .matchAll(/^# (.+)\n\[.+\]\n(gcp-[a-z-]+) /gm),
  ].map(([, summary, recipe]) => [recipe, summary]),
);

it.each(Object.entries(RECIPES))('just %s runs the command %s', async (recipe, command) => {
  const { status, stdout } = await just(bareEnvironment(), recipe, '--help');
  expect(stdout).toContain(`Usage: ops ${command} [options]`);
  expect(stdout).toContain(`\n\n${SUMMARIES.get(recipe)}\n\n`);
  expect(stdout).toContain('--json');
  expect(stdout).toContain(`Recipe: just ${recipe}\n`);
  expect(status).toBe(0);
});

it('just without a recipe lists the recipes', async () => {
  const { stdout } = await just(bareEnvironment());
  for (const recipe of Object.keys(RECIPES)) expect(stdout).toContain(`    ${recipe} `);
});

it.each(Object.keys(RECIPES))('just %s runs where it is called, and adds no line', (recipe) => {
  const justfile = fs.readFileSync(path.join(ROOT, 'justfile'), 'utf8');
  expect(justfile).toContain(`\n[no-cd, no-exit-message]\n${recipe} `);
});

it('a recipe leaves the last line to the command', async () => {
  const { status, stderr } = await just(bareEnvironment(), 'gcp-scheduler-next', 'nowhere');
  expect(stderr).toMatch(/^Invalid stage "nowhere": [^\n]+\n$/);
  expect(status).toBe(2);
});

it('resolves paths against the folder where a recipe is called', async () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'plan.json'), 'no plan');
  const args = ['--justfile', path.join(ROOT, 'justfile'), 'gcp-scheduler-review', '--plan'];
  const { stderr } = await runProcess(JUST, [...args, 'plan.json'], {
    cwd: folder,
    env: bareEnvironment(),
  });
  expect(stderr).toContain('Invalid --plan "plan.json": is text, not JSON.');
});

it('a recipe passes on arguments with spaces, and the exit status', async () => {
  const { status, stderr } = await just(bareEnvironment(), 'gcp-scheduler-next', 'de v');
  expect(stderr).toContain('Invalid stage "de v": ');
  expect(status).toBe(2);
});

describe('the recipes of README.md and docs/operations.md', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
    await sandbox.deploy('dev');
  });
  afterAll(() => sandbox.close());

  const [task = ''] = jobsOfStage(STAGES.dev).map((job) => job.task);
  const job = `validibot-${task}-dev`;

  it.each([
    ['gcp-scheduler-list', [], job],
    ['gcp-scheduler-run', [job], `${job} in ${PLACE}: succeeded`],
    ['gcp-scheduler-pause', [task, 'dev'], `${job} in ${PLACE} is paused.`],
    ['gcp-scheduler-resume', [job], `${job} in ${PLACE} is enabled.`],
    ['gcp-console', [], 'https://console.cloud.google.com/cloudscheduler?project='],
  ])('just %s %j', async (recipe, args, output) => {
    const { status, stdout } = await just(sandbox.env, recipe, ...args);
    expect(stdout).toContain(output);
    expect(status).toBe(0);
  });

  it('a run stops waiting on Ctrl-C and says that the job keeps running', async () => {
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 500 });
    const { status, stderr } = await runOps(sandbox.env, ['run', job], (child) => {
      child.stderr?.on('data', (text: string) => {
        if (text.includes('Waiting for its result')) child.kill('SIGINT');
      });
    });
    expect(stderr).toContain(
      `Interrupted. ${job} keeps running. To see its result: just gcp-scheduler-logs ${job}`,
    );
    expect(status).toBe(130);
  });
});

describe('a bad environment', () => {
  it('is reported when no project is set', async () => {
    const { status, stdout, stderr } = await callOps(bareEnvironment(), ['list']);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'GCP_PROJECT_ID is required (project ID). Fix: export GCP_PROJECT_ID=my-project.\n',
    );
    expect(status).toBe(2);
  });

  it('is reported with every invalid setting', async () => {
    const env = bareEnvironment({
      GCP_REGION: 'sydney',
      TF_VAR_project_id: 'X',
      IMPORT_EXISTING: 'nowhere',
    });
    const { status, stderr } = await callOps(env, ['list']);
    for (const subject of ['GCP_REGION', 'TF_VAR_project_id', 'IMPORT_EXISTING']) {
      expect(stderr).toContain(`Invalid ${subject} "`);
    }
    expect(status).toBe(2);
  });
});

it('says how to get credentials when there are none', async () => {
  const env = bareEnvironment({
    GCP_PROJECT_ID: 'my-project',
    GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/key.json',
  });
  const { status, stderr } = await runOps(env, ['list']);
  expect(stderr).toMatch(/^No Google Cloud credentials: .*\/nowhere\/key\.json/);
  expect(stderr).toContain('Fix: gcloud auth application-default login');
  expect(status).toBe(1);
});

it('says nothing else where a lookup of the metadata server fails', async () => {
  const metadata = http.createServer((_, response) => response.writeHead(500).end());
  await once(metadata.listen(0, '127.0.0.1'), 'listening');
  const { port } = metadata.address() as AddressInfo;
  const env = bareEnvironment({
    GCP_PROJECT_ID: 'my-project',
    HOME: temporaryFolder(),
    GCE_METADATA_HOST: `127.0.0.1:${port}`,
  });
  const { status, stderr } = await runOps(env, ['list']);
  metadata.close();
  expect(stderr).toMatch(/^No Google Cloud credentials: [^\n]+\nFix: [^\n]+\n$/);
  expect(status).toBe(1);
});
