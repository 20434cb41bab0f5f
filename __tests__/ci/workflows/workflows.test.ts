import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { STAGE_NAMES } from '../../../stages/stages';
import { ROOT } from '../../ops/support';

const FOLDER = path.join(ROOT, '.github');
const FILES = fs
  .readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yml'));
const WORKFLOWS = FILES.filter((file) => file.startsWith('workflows'));

function read(file: string): string {
  return fs.readFileSync(path.join(FOLDER, file), 'utf8');
}

/** A job of a workflow, as text. */
function job(workflow: string, name: string): string {
  const [, text] = new RegExp(`\\n  ${name}:\\n((?:(?: {4}.*)?\\n)*)`).exec(read(workflow)) ?? [];
  if (text === undefined) throw new Error(`${workflow} has no job ${name}`);
  return text;
}

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/** How actionlint is started here, or why it cannot be. */
function findActionlint(): readonly string[] | string {
  if (spawnSync('actionlint', ['-version']).status === 0) return ['actionlint'];
  const { status, stderr, error } = spawnSync('go', ['run', ACTIONLINT, '-version'], {
    encoding: 'utf8',
  });
  if (status === 0) return ['go', 'run', ACTIONLINT];
  return error ? 'neither actionlint nor go is installed' : `go run ${ACTIONLINT}: ${stderr}`;
}

// Go compiles it at first.
jest.setTimeout(300_000);

const actionlint = findActionlint();
if (typeof actionlint === 'string')
  console.warn(`Skipped, as there is no actionlint: ${actionlint}`);

(typeof actionlint === 'string' ? it.skip : it)('actionlint finds nothing', () => {
  const [command = '', ...args] = actionlint;
  const files = WORKFLOWS.map((file) => path.join('.github', file));
  const { status, stdout, stderr } = spawnSync(command, [...args, ...files], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
});

it.each(FILES)('%s pins every action by its commit, and says which version that is', (file) => {
  const uses = [...read(file).matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
  for (const action of uses.filter((each) => !each.startsWith('./'))) {
    expect(action).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

it('gives one action one commit everywhere', () => {
  const pins = new Set(
    FILES.flatMap((file) => [...read(file).matchAll(/uses: ([^.\s].*)/g)].map(([, pin]) => pin)),
  );
  const actions = [...pins].map((pin) => pin?.split('@')[0]);
  expect(actions).toEqual([...new Set(actions)]);
});

it.each(WORKFLOWS)('%s permits nothing but what each of its jobs asks for', (file) => {
  const text = read(file);
  expect(text).toMatch(/^permissions: \{\}$/m);
  expect(text).not.toMatch(/write-all|contents: write|pull_request_target|secrets: inherit/);
  // What somebody else may write reaches a shell through the environment alone.
  expect(text).not.toMatch(/run:.*\$\{\{/);
  expect(text.match(/actions\/checkout@/g)?.length).toBe(
    text.match(/persist-credentials: false/g)?.length,
  );
});

it('plans every stage, and none for a fork', () => {
  const plan = job('workflows/pull-request.yml', 'plan');
  expect(plan).toContain(`stage: [${STAGE_NAMES.join(', ')}]`);
  expect(plan).toContain(
    'if: github.event.pull_request.head.repo.full_name == github.repository\n',
  );
  expect(job('workflows/morning.yml', 'check')).toContain(`stage: [${STAGE_NAMES.join(', ')}]`);
});

it('gives credentials to no other job of a pull request', () => {
  for (const name of ['test', 'comment', 'plan-review']) {
    const text = job('workflows/pull-request.yml', name);
    expect(text).not.toMatch(/secrets\.|id-token|environment:/);
  }
});

it('shows every review in the comment', () => {
  const comment = job('workflows/pull-request.yml', 'comment');
  for (const stage of STAGE_NAMES) expect(comment).toContain(`reviews/${stage}.md`);
});

it('never skips the required check', () => {
  expect(job('workflows/pull-request.yml', 'plan-review')).toMatch(
    /needs: \[plan, comment\]\n {4}if: always\(\)\n/,
  );
});

it('deploys one stage after the other, each in its environment, from the reviewed commit', () => {
  STAGE_NAMES.forEach((stage, index) => {
    const text = job('workflows/deploy.yml', stage);
    const before = STAGE_NAMES[index - 1];
    expect(text.includes('needs:')).toBe(before !== undefined);
    if (before !== undefined) expect(text).toContain(`needs: ${before}\n`);
    expect(text).toContain(`environment: ${stage}\n`);
    expect(text).toContain('ref: ${{ github.sha }}\n');
    expect(text).toContain(`./ci/workflows/deploy-stage.sh ${stage} `);
  });
});

describe('gate.sh', () => {
  it.each([
    ['success', 'success', 'false', 0, 'Every plan passed its review.'],
    ['failure', 'success', 'false', 1, 'The plans did not pass their review (failure)'],
    ['cancelled', 'skipped', 'false', 1, 'The plans did not pass their review (cancelled)'],
    ['skipped', 'skipped', 'false', 1, 'The plans did not pass their review (skipped)'],
    ['success', 'failure', 'false', 1, 'could not be shown in the pull request (failure)'],
    ['skipped', 'skipped', 'true', 1, 'A pull request from a fork gets no credentials'],
    ['success', 'success', 'true', 1, 'A pull request from a fork gets no credentials'],
  ])('plans: %s, comment: %s, fork: %s', (plan, comment, fork, expected, message) => {
    const { status, stdout, stderr } = spawnSync('ci/workflows/gate.sh', [plan, comment, fork], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toContain(message);
    expect(status).toBe(expected);
  });
});
