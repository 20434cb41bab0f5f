import { repositoryOf } from './client';

/** The label of a pull request that is meant to stop jobs. */
const LABEL = 'allow-destroy';

/**
 * Prints `--allow-destroy` when the pull request that brought a commit had the label, so that a
 * deploy lets pass what the review of that pull request let pass, and nothing else.
 *
 *   node lib/launch/main.js ci/workflows/allow-destroy.ts COMMIT
 */
async function main([commit = '']: readonly string[]): Promise<void> {
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    console.error('Usage: allow-destroy.ts COMMIT');
    process.exitCode = 2;
    return;
  }
  const { api, ...repository } = repositoryOf(process.env);
  const { data } = await api.repos.listPullRequestsAssociatedWithCommit({
    ...repository,
    commit_sha: commit,
  });
  const merged = data.filter((pull) => pull.merged_at !== null && pull.merge_commit_sha === commit);
  const allowed = merged.some(({ labels }) => labels.some(({ name }) => name === LABEL));
  if (allowed) console.log('--allow-destroy');
}

void main(process.argv.slice(2));
