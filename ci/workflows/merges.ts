import type { Repository } from './client';

/** A pull request that was merged into main. */
export interface Merge {
  readonly number: number;
  /** Those that it had at its merge. */
  readonly labels: readonly string[];
}

const BRANCH = 'main';
const PAGE = 100;
const NOT_FOUND = 404;

/**
 * What a deploy of a commit brings to an environment: the pull requests merged since the last commit that
 * was deployed there successfully. While one deploy waits for its approval, GitHub keeps one more waiting,
 * and cancels that one for a third: whoever deploys next deploys the commits of those before, with their
 * labels. Without a successful deploy, and where that commit is not on the way to this one, it is the pull
 * request of this commit alone.
 */
export async function undeployedMerges(
  repository: Repository,
  environment: string,
  commit: string,
): Promise<Merge[]> {
  const deployed = await lastDeployed(repository, environment);
  const commits =
    deployed === undefined ? [commit] : await commitsBetween(repository, deployed, commit);
  const found = new Map<number, Merge>();
  for (const sha of commits) {
    for (const { number, merged_at: mergedAt } of await mergedAs(repository, sha)) {
      const labels = await labelsAtMerge(repository, number, mergedAt ?? '');
      found.set(number, { number, labels });
    }
  }
  return [...found.values()];
}

/** GitHub makes a deployment for each job that has an environment. */
async function lastDeployed(
  { api, ...repository }: Repository,
  environment: string,
): Promise<string | undefined> {
  const { data } = await api.repos.listDeployments({ ...repository, environment, per_page: PAGE });
  for (const { id, sha } of data) {
    const statuses = await api.repos.listDeploymentStatuses({
      ...repository,
      deployment_id: id,
      per_page: PAGE,
    });
    if (statuses.data.some(({ state }) => state === 'success')) return sha;
  }
  return undefined;
}

async function commitsBetween(
  { api, ...repository }: Repository,
  from: string,
  to: string,
): Promise<string[]> {
  const basehead = `${from}...${to}`;
  const commits: string[] = [];
  try {
    for (let page = 1; ; page += 1) {
      const options = { ...repository, basehead, page, per_page: PAGE };
      const { data } = await api.repos.compareCommitsWithBasehead(options);
      commits.push(...data.commits.map(({ sha }) => sha));
      if (data.commits.length < PAGE) return commits;
    }
  } catch (error) {
    // Someone rewrote main, and the commit is gone.
    if ((error as { status?: number }).status === NOT_FOUND) return [to];
    throw error;
  }
}

/** The pull requests whose merge into main made a commit. Those of a branch in between do not count. */
async function mergedAs({ api, ...repository }: Repository, sha: string) {
  const { data } = await api.repos.listPullRequestsAssociatedWithCommit({
    ...repository,
    commit_sha: sha,
  });
  return data.filter(
    (pull) => pull.merged_at !== null && pull.merge_commit_sha === sha && pull.base.ref === BRANCH,
  );
}

/** Replays a pull request's events until its merge: a label that is set or removed later does not count. */
async function labelsAtMerge(
  { api, ...repository }: Repository,
  number: number,
  mergedAt: string,
): Promise<string[]> {
  const issue = { ...repository, issue_number: number, per_page: PAGE };
  const events = await api.paginate(api.issues.listEvents, issue);
  const labels = new Set<string>();
  for (const event of events) {
    // Times have seconds only, so the order decides within one.
    if (event.event === 'merged' || event.created_at > mergedAt) break;
    const name = 'label' in event ? event.label.name : undefined;
    if (typeof name !== 'string') continue;
    if (event.event === 'labeled') labels.add(name);
    if (event.event === 'unlabeled') labels.delete(name);
  }
  return [...labels];
}
