import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DOCTOR_ENVIRONMENT, PLAN_ENVIRONMENT } from '../../../ci/access/federation';
import { DEFAULTS } from '../../../stages/settings';
import { STAGE_NAMES } from '../../../stages/stages';
import { ROOT } from '../../ops/support';

// The workflows are those of the shipped stages.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

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

function withoutComments(text: string): string {
  return text.replace(/ *#.*$/gm, '').replace(/\n+/g, '\n');
}

/** Settings without a default. A local state is left out, since workflows cannot use one. */
const STATE_AND_ALERTS = [
  'TF_CLOUD_ORGANIZATION',
  'TF_CLOUD_HOSTNAME',
  'TF_STATE_BUCKET',
  'ALERT_EMAILS',
  'ALERT_CHANNELS',
];

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/** The command that starts actionlint, or why there is none. */
function findActionlint(): readonly string[] | string {
  if (spawnSync('actionlint', ['-version']).status === 0) return ['actionlint'];
  const { status, stderr, error } = spawnSync('go', ['run', ACTIONLINT, '-version'], {
    encoding: 'utf8',
  });
  if (status === 0) return ['go', 'run', ACTIONLINT];
  return error ? 'neither actionlint nor go is installed' : `go run ${ACTIONLINT}: ${stderr}`;
}

// Go compiles it first.
jest.setTimeout(300_000);

const actionlint = findActionlint();
if (typeof actionlint === 'string')
  console.warn(`Skipped, because actionlint cannot be run: ${actionlint}`);

(typeof actionlint === 'string' ? it.skip : it)('passes actionlint', () => {
  const [command = '', ...args] = actionlint;
  const files = WORKFLOWS.map((file) => path.join('.github', file));
  const { status, stdout, stderr } = spawnSync(command, [...args, ...files], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
});

const { status: zizmor } = spawnSync('zizmor', ['--version']);
if (zizmor !== 0) console.warn('Skipped, because zizmor is not installed.');

(zizmor === 0 ? it : it.skip).each(['regular', 'pedantic', 'auditor'])(
  'passes zizmor, as a %s user',
  (persona) => {
    const args = ['--offline', '--no-progress', '--quiet', `--persona=${persona}`, '.github'];
    const { status, stdout } = spawnSync('zizmor', args, { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toContain('No findings to report.');
    expect(status).toBe(0);
  },
);

it('installs both linters before the tests, pinned', () => {
  const test = job('workflows/pull-request.yml', 'test-node');
  expect(test).toContain(` go install ${ACTIONLINT}\n`);
  expect(test).toMatch(/pipx install zizmor==\d+\.\d+\.\d+\n/);
  expect(test.indexOf('pipx install')).toBeLessThan(test.indexOf('npm test'));
});

it.each(FILES)('%s pins every action to a commit, with its version in a comment', (file) => {
  const uses = [...read(file).matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
  for (const action of uses.filter((each) => !each.startsWith('./'))) {
    expect(action).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

it('pins each action to the same commit everywhere', () => {
  const pins = new Set(
    FILES.flatMap((file) => [...read(file).matchAll(/uses: ([^.\s].*)/g)].map(([, pin]) => pin)),
  );
  const actions = [...pins].map((pin) => pin?.split('@')[0]);
  expect(actions).toEqual([...new Set(actions)]);
});

it.each(WORKFLOWS)('%s grants permissions only per job', (file) => {
  const text = read(file);
  expect(text).toMatch(/^permissions: \{\}$/m);
  expect(text).not.toMatch(/write-all|contents: write|pull_request_target|secrets: inherit/);
  // What others can write must reach a shell only through the environment.
  const scripts = scriptsIn(text);
  expect(scripts).toHaveLength(text.match(/\brun: /g)?.length ?? 0);
  for (const script of scripts) expect(script).not.toContain('${{');
  expect(text.match(/actions\/checkout@/g)?.length).toBe(
    text.match(/persist-credentials: false/g)?.length,
  );
});

/** The scripts of the steps, on one line or several. */
function scriptsIn(text: string): string[] {
  return [...text.matchAll(/^( *)(?:- )?run: (.*(?:\n\1 {2}.*)*)/gm)].map(
    ([, , script = '']) => script,
  );
}

it('plans every stage, except for forks', () => {
  const plan = job('workflows/pull-request.yml', 'plan');
  expect(plan).toContain(`stage: [${STAGE_NAMES.join(', ')}]`);
  expect(plan).toContain(
    'if: github.event.pull_request.head.repo.full_name == github.repository\n',
  );
  expect(job('workflows/morning.yml', 'check')).toContain(`stage: [${STAGE_NAMES.join(', ')}]`);
});

it('gives no credentials to the other jobs of a pull request', () => {
  for (const name of ['test-node', 'test', 'comment', 'plan-review']) {
    const text = job('workflows/pull-request.yml', name);
    expect(text).not.toMatch(/secrets\.|id-token|environment:/);
  }
});

it('posts the review of every stage', () => {
  const comment = job('workflows/pull-request.yml', 'comment');
  for (const stage of STAGE_NAMES) expect(comment).toContain(`reviews/${stage}.md`);
});

it.each([
  ['plan-review', '[plan, comment]'],
  ['test', 'test-node'],
])('never skips the required check %s', (name, needs) => {
  expect(job('workflows/pull-request.yml', name)).toContain(
    `    needs: ${needs}\n    if: always()\n`,
  );
});

it('tests every version of Node that package.json allows, and uses one of them', () => {
  const { engines } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0');
  const tested = /node: \[(.*)\]/.exec(job('workflows/pull-request.yml', 'test-node'))?.[1];
  expect(tested).toBe("'20.19', '22', '24'");
  expect(read('actions/set-up/action.yml')).toMatch(/node-version:\n.*\n {4}default: '24'\n/);
});

it('installs the packages for tests and for the sandbox only where tests run', () => {
  const withAll = WORKFLOWS.filter((file) => read(file).includes('packages: all'));
  expect(withAll).toEqual(['workflows/pull-request.yml']);
  expect(job('workflows/pull-request.yml', 'test-node')).toContain('packages: all');
  expect(read('workflows/pull-request.yml').match(/packages: all/g)).toHaveLength(1);
});

it('deploys the stages in order, each with the same workflow', () => {
  STAGE_NAMES.forEach((stage, index) => {
    const before = STAGE_NAMES[index - 1];
    const text = job('workflows/deploy.yml', stage);
    expect(withoutComments(text).trim()).toBe(
      [
        `    name: Deploy ${stage}`,
        ...(before === undefined ? [] : [`    needs: ${before}`]),
        '    uses: ./.github/workflows/deploy-stage.yml',
        '    permissions:',
        '      contents: read',
        '      deployments: read',
        '      pull-requests: read',
        '      id-token: write',
        '    with:',
        `      stage: ${stage}`,
        '    secrets:',
        '      TF_API_TOKEN: ${{ secrets.TF_API_TOKEN }}',
      ]
        .join('\n')
        .trim(),
    );
  });
});

it("deploys the reviewed commit in the stage's environment, with the command that people use", () => {
  const text = job('workflows/deploy-stage.yml', 'deploy');
  expect(text).toContain('    needs: plan\n');
  expect(text).toContain('environment: ${{ inputs.stage }}\n');
  expect(text).toContain('ref: ${{ github.sha }}\n');
  expect(text).toContain('ops/start.ts setup "$STAGE"');
  expect(text).toContain('--review-file "$GITHUB_STEP_SUMMARY"');
});

it('plans a stage outside its environment, before its approval, and passes on no plan', () => {
  const plan = job('workflows/deploy-stage.yml', 'plan');
  expect(plan).toContain(`    environment: ${PLAN_ENVIRONMENT}\n`);
  expect(plan).toContain('ref: ${{ github.sha }}\n');
  expect(plan).toContain('run: ./ci/workflows/review-stage.sh "$STAGE" reviews');
  expect(job('workflows/deploy-stage.yml', 'deploy')).toContain(
    'DIGEST: ${{ needs.plan.outputs.digest }}\n',
  );
  expect(read('workflows/deploy-stage.yml')).not.toMatch(/artifact|--out/);
});

it('plans and deploys with the same settings, so that both find the same changes', () => {
  const settings = (name: string) =>
    /\n {4}env:\n((?: {6}.*\n)+)/.exec(job('workflows/deploy-stage.yml', name))?.[1];
  expect(settings('plan')).toBe(settings('deploy'));
});

it('gives the identity that reads logs to the morning check only', () => {
  expect(job('workflows/morning.yml', 'check')).toContain(
    `    environment: ${DOCTOR_ENVIRONMENT}\n`,
  );
  const users = WORKFLOWS.filter((file) =>
    read(file).includes(`environment: ${DOCTOR_ENVIRONMENT}`),
  );
  expect(users).toEqual(['workflows/morning.yml']);
});

it('gives the HCP Terraform token only to steps that need it, and never to a file', () => {
  for (const [file, name] of [
    ['deploy-stage', 'plan'],
    ['deploy-stage', 'deploy'],
    ['pull-request', 'plan'],
    ['morning', 'check'],
  ] as const) {
    const steps = job(`workflows/${file}.yml`, name).split('\n      - ').slice(1);
    const given = steps.filter((step) => step.includes('secrets.TF_API_TOKEN'));
    expect(given).toHaveLength(1);
    expect(given.join()).toMatch(/ci\/workflows\/(with-token|review-stage|check-stage)\.sh/);
  }
  for (const file of FILES) expect(read(file)).not.toMatch(/TF_TOKEN_|GITHUB_ENV|cli_config/);
});

it.each(['deploy-stage', 'pull-request', 'morning'])('%s.yml reads the same settings', (file) => {
  const settings = [
    ...read(`workflows/${file}.yml`).matchAll(/^ {6}(\w+): \$\{\{ vars\.(\w+) \}\}$/gm),
  ];
  for (const [, name, variable] of settings) expect(variable).toBe(name);
  // None imports: `setup` does not either, and what is reviewed must be what is deployed.
  expect(new Set(settings.map(([, name]) => name))).toEqual(
    new Set([...Object.keys(DEFAULTS), ...STATE_AND_ALERTS]),
  );
});

describe('gate.sh', () => {
  it.each([
    ['success', 'success', 'false', 0, 'Every plan passed review.'],
    ['failure', 'success', 'false', 1, 'Not every plan passed review (result: failure).'],
    ['cancelled', 'skipped', 'false', 1, 'Not every plan passed review (result: cancelled).'],
    ['skipped', 'skipped', 'false', 1, 'Not every plan passed review (result: skipped).'],
    ['success', 'failure', 'false', 1, 'could not be posted as a comment (result: failure).'],
    ['skipped', 'skipped', 'true', 1, 'Pull requests from forks get no credentials'],
    ['success', 'success', 'true', 1, 'Pull requests from forks get no credentials'],
  ])('decides for plans: %s, comment: %s, fork: %s', (plan, comment, fork, expected, message) => {
    const { status, stdout, stderr } = spawnSync('ci/workflows/gate.sh', [plan, comment, fork], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toContain(message);
    expect(status).toBe(expected);
  });
});
