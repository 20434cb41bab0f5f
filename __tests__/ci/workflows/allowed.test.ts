import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../../lib/run-process';
import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import { bareEnvironment, ROOT } from '../../ops/support';
import { startGitHub, type GitHub } from './support';

const COMMIT = 'a'.repeat(40);
const MERGED = { merged_at: '2026-11-24T00:00:00Z', merge_commit_sha: COMMIT };
const labels = (...names: string[]) => names.map((name) => ({ name }));

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

describe('with the labels of an event', () => {
  it.each([
    [[], '\n'],
    [['bug', 'allow-stop'], 'stop\n'],
    [['allow-stop', 'allow-destroy'], 'destroy,stop\n'],
    [['allow-', 'allow-everything', 'destroy', 'Allow-Stop', 'allow-stop; rm -rf /'], '\n'],
    [CONSENT_KINDS.map((kind) => `allow-${kind}`), `${CONSENT_KINDS.join()}\n`],
  ])('prints the kinds accepted by %j', async (names, expected) => {
    const { status, stdout } = await github.run('allowed.ts', '--labels', JSON.stringify(names));
    expect(stdout).toBe(expected);
    expect(status).toBe(0);
  });
});

describe('with a commit, reads the labels of its pull request', () => {
  it.each([
    ['its merge created the commit', MERGED, ['bug', 'allow-destroy'], 'destroy\n'],
    ['it has other labels', MERGED, ['bug'], '\n'],
    ['it was never merged', { ...MERGED, merged_at: null }, ['allow-destroy'], '\n'],
    [
      'its merge created another commit',
      { ...MERGED, merge_commit_sha: 'b'.repeat(40) },
      ['allow-destroy'],
      '\n',
    ],
  ])('if %s', async (_, pull, names, expected) => {
    github.pullRequests.push({ ...pull, labels: labels(...names) });
    const { status, stdout } = await github.run('allowed.ts', '--commit', COMMIT);
    expect(stdout).toBe(expected);
    expect(status).toBe(0);
  });

  it('requires the variables of GitHub Actions', async () => {
    const args = ['lib/launch/main.js', 'ci/workflows/allowed.ts', '--commit', COMMIT];
    const { status, stderr } = await runProcess('node', args, {
      cwd: ROOT,
      env: bareEnvironment({ GITHUB_REPOSITORY: 'acme/jobs' }),
    });
    expect(stderr).toBe(
      'GITHUB_REPOSITORY (OWNER/NAME) and GITHUB_TOKEN are required.\n' +
        'Fix: run this in GitHub Actions, or set both.\n',
    );
    expect(status).toBe(2);
  });

  it('fails if GitHub does not respond', async () => {
    await github.close();
    const { status, stdout } = await github.run('allowed.ts', '--commit', COMMIT);
    expect(stdout).toBe('');
    expect(status).not.toBe(0);
  });
});

it.each([
  [[]],
  [['--commit', 'main']],
  [['--labels', 'allow-destroy']],
  [['--labels', '{"0":"allow-destroy"}']],
])('rejects the arguments %j', async (args) => {
  const { status, stdout, stderr } = await github.run('allowed.ts', ...args);
  expect(stderr).toContain('Usage: allowed.ts');
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

it('is documented for every label in the guide', () => {
  const guide = fs.readFileSync(path.join(ROOT, 'docs', 'hcp-terraform.md'), 'utf8');
  for (const kind of CONSENT_KINDS) expect(guide).toContain(`\`allow-${kind}\``);
});
