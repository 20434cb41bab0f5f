import { Octokit } from '@octokit/rest';

/** GitHub's API, and the repository that a workflow runs for. */
export interface Repository {
  readonly api: Octokit;
  readonly owner: string;
  readonly repo: string;
}

/** The repository of the workflow, from the variables that GitHub sets, and `GITHUB_TOKEN`. */
export function repositoryOf(env: NodeJS.ProcessEnv): Repository {
  const { GITHUB_REPOSITORY = '', GITHUB_TOKEN, GITHUB_API_URL } = env;
  const [owner, repo] = GITHUB_REPOSITORY.split('/');
  if (!owner || !repo || !GITHUB_TOKEN) {
    throw new Error(
      'This runs in a workflow of GitHub. Elsewhere, set GITHUB_REPOSITORY to OWNER/NAME, and GITHUB_TOKEN.',
    );
  }
  return { api: new Octokit({ auth: GITHUB_TOKEN, baseUrl: GITHUB_API_URL }), owner, repo };
}

/** Whether a text was written by a workflow under a marker, and not by a person who quotes it. */
export function isOurs(
  { body, user }: { body?: string | null; user: { type?: string } | null },
  marker: string,
): boolean {
  return user?.type === 'Bot' && body?.startsWith(marker) === true;
}

/** The longest text that GitHub takes is 65,536 characters. */
const LONGEST = 65_000;

/** A text under its marker, cut where GitHub would refuse it. */
export function marked(marker: string, text: string): string {
  const cut = `\n\nThe rest is too long for GitHub; the log of the check has it.`;
  const body = `${marker}\n\n${text}`;
  return body.length <= LONGEST ? body : `${body.slice(0, LONGEST - cut.length)}${cut}`;
}
