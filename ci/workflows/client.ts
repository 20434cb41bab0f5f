import { Octokit } from '@octokit/rest';
import { proxyFor } from '../../ops/google/proxy';
import { tunnel } from '../../ops/google/transport';

/** GitHub's API, and the repository of the workflow. */
export interface Repository {
  readonly api: Octokit;
  readonly owner: string;
  readonly repo: string;
}

/** Reads the variables that GitHub Actions sets, and `GITHUB_TOKEN`; exits with 2 if one is missing. */
export function repositoryOf(env: NodeJS.ProcessEnv): Repository {
  const { GITHUB_REPOSITORY = '', GITHUB_TOKEN, GITHUB_API_URL } = env;
  const [owner, repo] = GITHUB_REPOSITORY.split('/');
  if (!owner || !repo || !GITHUB_TOKEN) {
    console.error('GITHUB_REPOSITORY (OWNER/NAME) and GITHUB_TOKEN are required.');
    console.error('Fix: run this in GitHub Actions, or set both.');
    process.exit(2);
  }
  const fetch = fetchWithProxy(env);
  const api = new Octokit({ auth: GITHUB_TOKEN, baseUrl: GITHUB_API_URL, request: { fetch } });
  return { api, owner, repo };
}

/** Node's own `fetch` knows no proxies before Node 24, and only on demand since. */
function fetchWithProxy(env: NodeJS.ProcessEnv): typeof fetch {
  return async (input, init) => {
    const proxy = proxyFor(new URL(input instanceof Request ? input.url : input), env);
    if (proxy === undefined) return fetch(input, init);
    const { fetch: fetchThrough } = await import('undici');
    const dispatcher = await tunnel(proxy);
    return fetchThrough(input as string, { ...(init as object), dispatcher });
  };
}

/** Whether a workflow wrote a comment or issue under the marker, and not a person who quotes it. */
export function isOurs(
  { body, user }: { body?: string | null; user: { type?: string } | null },
  marker: string,
): boolean {
  return user?.type === 'Bot' && body?.startsWith(marker) === true;
}

/** GitHub accepts at most 65,536 characters. */
const LONGEST = 65_000;

/** Puts a text under its marker, and truncates what is too long for GitHub. */
export function marked(marker: string, text: string): string {
  const cut = '\n\nTruncated, because it is too long for GitHub. The workflow log has the rest.';
  const body = `${marker}\n\n${text}`;
  return body.length <= LONGEST ? body : `${body.slice(0, LONGEST - cut.length)}${cut}`;
}
