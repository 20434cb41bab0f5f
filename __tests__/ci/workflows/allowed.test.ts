import fs from 'node:fs';
import path from 'node:path';
import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import { ROOT } from '../../ops/support';
import { startGitHub, type GitHub } from './support';

const COMMIT = 'a'.repeat(40);
const MERGED = { merged_at: '2026-11-24T00:00:00Z', merge_commit_sha: COMMIT };
const labels = (...names: string[]) => names.map((name) => ({ name }));

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

describe('the labels of an event', () => {
  it.each([
    [[], '\n'],
    [['bug', 'allow-stop'], 'stop\n'],
    [['allow-stop', 'allow-destroy'], 'destroy,stop\n'],
    [['allow-', 'allow-everything', 'destroy', 'Allow-Stop', 'allow-stop; rm -rf /'], '\n'],
    [CONSENT_KINDS.map((kind) => `allow-${kind}`), `${CONSENT_KINDS.join()}\n`],
  ])('%j', async (names, expected) => {
    const { status, stdout } = await github.run('allowed.ts', '--labels', JSON.stringify(names));
    expect(stdout).toBe(expected);
    expect(status).toBe(0);
  });
});

describe('the labels of the pull request that brought a commit', () => {
  it.each([
    ['it is the merged one', MERGED, ['bug', 'allow-destroy'], 'destroy\n'],
    ['it has other labels', MERGED, ['bug'], '\n'],
    ['it was never merged', { ...MERGED, merged_at: null }, ['allow-destroy'], '\n'],
    [
      'the commit is in another pull request as well',
      { ...MERGED, merge_commit_sha: 'b'.repeat(40) },
      ['allow-destroy'],
      '\n',
    ],
  ])('when %s', async (_, pull, names, expected) => {
    github.pullRequests.push({ ...pull, labels: labels(...names) });
    const { status, stdout } = await github.run('allowed.ts', '--commit', COMMIT);
    expect(stdout).toBe(expected);
    expect(status).toBe(0);
  });

  it('fails rather than guess when GitHub does not answer', async () => {
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
])('refuses the arguments %j', async (args) => {
  const { status, stdout, stderr } = await github.run('allowed.ts', ...args);
  expect(stderr).toContain('Usage: allowed.ts');
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

it('has every label in the guide', () => {
  const guide = fs.readFileSync(path.join(ROOT, 'docs', 'hcp-terraform.md'), 'utf8');
  for (const kind of CONSENT_KINDS) expect(guide).toContain(`\`allow-${kind}\``);
});
