import { Command } from 'commander';
import { CONSENT_KINDS } from '../../ops/plan-review/consent';
import { repositoryOf } from './client';

/**
 * Prints the kinds of findings that a pull request's labels accept, in the form of `--allow`:
 * `destroy,stop` for the labels allow-destroy and allow-stop. With `--commit`, reads the labels of the
 * pull request whose merge created the commit, so that a deploy accepts exactly what its review
 * accepted.
 */
const program = new Command('allowed.ts')
  .option('--labels <json>', 'label names, as a JSON array')
  .option('--commit <sha>', 'full SHA of a commit on main')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .action(main);

const WRONG_USE = 2;

async function main({ labels, commit }: { labels?: string; commit?: string }): Promise<void> {
  const names =
    labels !== undefined
      ? parseNames(labels)
      : commit !== undefined && /^[0-9a-f]{40}$/.test(commit)
        ? await labelsOf(commit)
        : undefined;
  if (names === undefined) {
    console.error('Usage: allowed.ts --labels JSON_ARRAY, or allowed.ts --commit FULL_SHA');
    process.exitCode = WRONG_USE;
    return;
  }
  console.log(CONSENT_KINDS.filter((kind) => names.includes(`allow-${kind}`)).join());
}

function parseNames(json: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed.filter((name) => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}

/** The labels of the pull request whose merge created a commit; none if it was pushed directly. */
async function labelsOf(commit: string): Promise<string[]> {
  const { api, ...repository } = repositoryOf(process.env);
  const { data } = await api.repos.listPullRequestsAssociatedWithCommit({
    ...repository,
    commit_sha: commit,
  });
  return data
    .filter((pull) => pull.merged_at !== null && pull.merge_commit_sha === commit)
    .flatMap(({ labels }) => labels.map(({ name }) => name));
}

void program.parseAsync();
