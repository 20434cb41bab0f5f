import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../../lib/run-process';
import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import { bareEnvironment, ROOT } from '../../ops/support';
import { startGitHub, type GitHub, type IssueEvent, type PullRequest } from './support';

const COMMIT = 'a'.repeat(40);

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

describe('with a commit and a stage', () => {
  const at = (minute: number) => `2026-11-24T00:0${minute}:00Z`;
  const labeled = (name: string, minute: number) => ({
    event: 'labeled',
    created_at: at(minute),
    label: { name },
  });
  const unlabeled = (name: string, minute: number) => ({
    ...labeled(name, minute),
    event: 'unlabeled',
  });
  const MERGE = { event: 'merged', created_at: at(5) };

  /** A commit, and the pull request whose merge at minute 5 made it. */
  const merge = (
    commit: string,
    events: readonly IssueEvent[],
    given: Partial<PullRequest> = {},
  ) => {
    github.commits.push(commit);
    github.pullRequests.push({
      number: github.pullRequests.length + 1,
      merged_at: at(5),
      merge_commit_sha: commit,
      base: { ref: 'main' },
      events,
      ...given,
    });
  };
  const deploy = (sha: string, states: readonly string[], environment = 'prod') => {
    github.deployments.unshift({ environment, sha, states });
  };
  const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(40)) as [
    string,
    string,
    string,
    string,
  ];
  const allowed = async (commit: string, stage = 'prod') => {
    const { stdout, stderr, status } = await github.run(
      'allowed.ts',
      ...['--commit', commit, '--stage', stage],
    );
    expect(stderr).not.toContain('Error');
    expect(status).toBe(0);
    return stdout.trim();
  };

  it.each<[string, string, IssueEvent[], Partial<PullRequest>?]>([
    ['destroy', 'was set before the merge', [labeled('allow-destroy', 1), MERGE]],
    ['', 'is another one', [labeled('bug', 1), MERGE]],
    ['', 'was set after the merge', [MERGE, labeled('allow-destroy', 6)]],
    ['', 'was set after the merge, in the same second', [MERGE, labeled('allow-destroy', 5)]],
    ['', 'was removed before', [labeled('allow-stop', 1), unlabeled('allow-stop', 2), MERGE]],
    ['stop', 'was removed after', [labeled('allow-stop', 1), MERGE, unlabeled('allow-stop', 6)]],
    [
      'stop',
      'was set again',
      [labeled('allow-stop', 1), unlabeled('allow-stop', 2), labeled('allow-stop', 3), MERGE],
    ],
    ['', 'is later than a merge without an event', [labeled('allow-destroy', 6)]],
    [
      '',
      'is of a pull request that was never merged',
      [labeled('allow-stop', 1)],
      { merged_at: null },
    ],
    ['', 'made another commit', [labeled('allow-stop', 1), MERGE], { merge_commit_sha: B }],
    [
      '',
      'was merged into another branch',
      [labeled('allow-stop', 1), MERGE],
      { base: { ref: 'b' } },
    ],
  ])('prints "%s" if the label %s', async (expected, _, events, pull = {}) => {
    merge(A, events, pull);
    expect(await allowed(A)).toBe(expected);
  });

  it('reads more events than a page has', async () => {
    const renamed = Array.from({ length: 150 }, () => ({ event: 'renamed', created_at: at(1) }));
    merge(A, [labeled('allow-destroy', 1), ...renamed, unlabeled('allow-destroy', 2), MERGE]);
    expect(await allowed(A)).toBe('');
  });

  it('does not lose the label of a deploy that was cancelled while it waited', async () => {
    merge(A, [MERGE]);
    deploy(A, ['success', 'in_progress']);
    merge(B, [labeled('allow-destroy', 1), MERGE]);
    merge(C, [MERGE]);
    expect(await allowed(C)).toBe('destroy');
  });

  it('finds it among more commits than a page has', async () => {
    merge(A, [MERGE]);
    deploy(A, ['success']);
    merge(B, [labeled('allow-destroy', 1), MERGE]);
    for (let index = 0; index < 99; index += 1) {
      github.commits.push(`${index}`.padStart(40, '0'));
    }
    merge(C, [labeled('allow-stop', 1), MERGE]);
    expect(await allowed(C)).toBe('destroy,stop');
  });

  it('does not inherit the label of what was deployed', async () => {
    merge(A, [labeled('allow-destroy', 1), MERGE]);
    // A later deploy makes it inactive, which does not undo that it succeeded.
    deploy(A, ['inactive', 'success']);
    merge(B, [MERGE]);
    expect(await allowed(B)).toBe('');
  });

  it('keeps the label after a deploy that failed or was rejected, and asks each stage', async () => {
    merge(A, [MERGE]);
    for (const stage of ['dev', 'prod']) deploy(A, ['success'], stage);
    merge(B, [labeled('allow-stop', 1), MERGE]);
    deploy(B, ['success'], 'dev');
    deploy(B, ['failure', 'in_progress'], 'prod');
    merge(C, [labeled('allow-public', 1), MERGE]);
    expect(await allowed(C, 'dev')).toBe('public');
    expect(await allowed(C, 'prod')).toBe('stop,public');
  });

  it('accepts nothing for an older commit, or the same again', async () => {
    merge(A, [labeled('allow-destroy', 1), MERGE]);
    merge(B, [labeled('allow-stop', 1), MERGE]);
    deploy(B, ['success']);
    expect(await allowed(A)).toBe('');
    expect(await allowed(B)).toBe('');
  });

  it("falls back to the commit's own pull request when the deployed one is gone", async () => {
    merge(A, [labeled('allow-destroy', 1), MERGE]);
    merge(B, [labeled('allow-stop', 1), MERGE]);
    deploy(D, ['success']);
    expect(await allowed(B)).toBe('stop');
  });

  it('says which pull request accepts what', async () => {
    merge(A, [labeled('allow-destroy', 1), MERGE]);
    const { stderr } = await github.run('allowed.ts', '--commit', A, '--stage', 'prod');
    expect(stderr).toBe('#1 was merged with allow-destroy.\n');
  });

  it('requires the variables of GitHub Actions', async () => {
    const args = [
      'lib/launch/main.js',
      'ci/workflows/allowed.ts',
      '--commit',
      COMMIT,
      '--stage',
      'prod',
    ];
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
    const { status, stdout } = await github.run(
      'allowed.ts',
      ...['--commit', COMMIT, '--stage', 'prod'],
    );
    expect(stdout).toBe('');
    expect(status).not.toBe(0);
  });
});

it.each([
  [[]],
  [['--commit', 'main', '--stage', 'prod']],
  [['--commit', 'a'.repeat(40)]],
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
