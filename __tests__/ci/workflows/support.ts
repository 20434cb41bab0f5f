import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { runProcess, type Outcome } from '../../../lib/run-process';
import { bareEnvironment, ROOT } from '../../ops/support';

/** A comment or an issue, as GitHub stores it. */
export interface Entry {
  readonly id: number;
  readonly number: number;
  body: string;
  readonly user: { readonly type: 'Bot' | 'User' };
  readonly labels: readonly { readonly name: string }[];
  state: string;
}

export interface PullRequest {
  readonly number: number;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string;
  readonly base: { readonly ref: string };
  /** Its events, in order. */
  readonly events: readonly IssueEvent[];
}

/** Something that happened to a pull request. */
export interface IssueEvent {
  readonly event: string;
  readonly created_at: string;
  readonly label?: { readonly name: string };
}

/** A job that ran in an environment. */
export interface Deployment {
  readonly environment: string;
  readonly sha: string;
  /** The states that it had, the newest first. */
  readonly states: readonly string[];
}

/** A local GitHub with the API calls that the workflows make. */
export interface GitHub {
  readonly comments: Entry[];
  readonly issues: Entry[];
  readonly pullRequests: PullRequest[];
  /** The newest first. */
  readonly deployments: Deployment[];
  /** The commits of main, the oldest first. */
  readonly commits: string[];
  /** The variables that a script reads. */
  readonly env: NodeJS.ProcessEnv;
  /** The calls that change something: `POST /repos/…`. */
  readonly writes: string[];
  /** Runs one of the scripts as a workflow does. */
  run(script: string, ...args: string[]): Promise<Outcome>;
  close(): Promise<void>;
}

const PAGE = 100;

export async function startGitHub(): Promise<GitHub> {
  const comments: Entry[] = [];
  const issues: Entry[] = [];
  const pullRequests: PullRequest[] = [];
  const deployments: Deployment[] = [];
  const commits: string[] = [];
  const writes: string[] = [];
  const app = Fastify();
  let last = 1000;
  const entry = (given: Partial<Entry>, labels: readonly string[] = []): Entry => {
    last += 1;
    const named = labels.map((name) => ({ name }));
    const user = { type: 'Bot' } as const;
    return { id: last, number: last, body: '', user, labels: named, state: 'open', ...given };
  };
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.authorization !== 'token job-token') {
      void reply.code(401).send({ message: 'Bad credentials' });
      return;
    }
    if (request.method !== 'GET') writes.push(`${request.method} ${request.url}`);
    done();
  });
  const repository = '/repos/acme/jobs';
  /** A page of a list, with a link to the next one. */
  const page = <T>(all: readonly T[], { query, url }: FastifyRequest, reply: FastifyReply): T[] => {
    const number = Number((query as { page?: string }).page ?? '1');
    if (number * PAGE < all.length) {
      const next = `${origin()}${url.split('?')[0] ?? ''}?per_page=${PAGE}&page=${number + 1}`;
      void reply.header('link', `<${next}>; rel="next"`);
    }
    return all.slice((number - 1) * PAGE, number * PAGE);
  };
  app.get(`${repository}/issues/7/comments`, (request, reply) => page(comments, request, reply));
  app.post(`${repository}/issues/7/comments`, ({ body }) => {
    const made = entry(body as Partial<Entry>);
    comments.push(made);
    return made;
  });
  app.patch(`${repository}/issues/comments/:id`, ({ params, body }) =>
    change(comments, Number((params as { id: string }).id), body),
  );
  app.get(`${repository}/issues`, ({ query }) => {
    const { labels, state } = query as { labels?: string; state?: string };
    return issues.filter(
      (issue) => issue.state === state && issue.labels.some(({ name }) => name === labels),
    );
  });
  app.post(`${repository}/issues`, ({ body }) => {
    const { labels, ...rest } = body as { labels: string[] };
    const made = entry(rest, labels);
    issues.push(made);
    return made;
  });
  app.patch(`${repository}/issues/:number`, ({ params, body }) =>
    change(issues, Number((params as { number: string }).number), body),
  );
  app.post(`${repository}/issues/:number/comments`, ({ body }) => entry(body as Partial<Entry>));
  // As at GitHub, a commit belongs to each pull request whose branch has it, not just to its merge.
  app.get(`${repository}/commits/:sha/pulls`, () => pullRequests);
  app.get(`${repository}/issues/:number/events`, (request, reply) => {
    const { number } = request.params as { number: string };
    const pull = pullRequests.find((each) => each.number === Number(number));
    return page(pull?.events ?? [], request, reply);
  });
  app.get(`${repository}/deployments`, ({ query }) => {
    const { environment } = query as { environment?: string };
    return deployments
      .map(({ sha, environment: name }, id) => ({ id, sha, environment: name }))
      .filter((each) => each.environment === environment);
  });
  app.get(`${repository}/deployments/:id/statuses`, ({ params }) => {
    const { states = [] } = deployments[Number((params as { id: string }).id)] ?? {};
    return states.map((state) => ({ state }));
  });
  app.get(`${repository}/compare/:range`, (request, reply) => {
    const [from = '', to = ''] = (request.params as { range: string }).range.split('...');
    const [start, end] = [commits.indexOf(from), commits.indexOf(to)];
    if (start < 0 || end < 0) return reply.code(404).send({ message: 'Not Found' });
    const between = commits.slice(start + 1, end + 1).map((sha) => ({ sha }));
    return { commits: page(between, request, reply) };
  });

  function change(entries: readonly Entry[], id: number, body: unknown): Entry {
    const found = entries.find((each) => each.id === id);
    if (found === undefined) throw new Error(`No entry ${id}`);
    return Object.assign(found, body);
  }

  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  function origin(): string {
    return url;
  }
  const env = bareEnvironment({
    GITHUB_TOKEN: 'job-token',
    GITHUB_REPOSITORY: 'acme/jobs',
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '42',
  });
  return {
    comments,
    issues,
    pullRequests,
    deployments,
    commits,
    env,
    writes,
    run: (script, ...args) =>
      runProcess('node', ['lib/launch/main.js', `ci/workflows/${script}`, ...args], {
        cwd: ROOT,
        env,
      }),
    close: () => app.close(),
  };
}

/** An entry by a person, who may quote what a workflow wrote. */
export function byPerson(body: string): Entry {
  return { id: 1, number: 1, body, user: { type: 'User' }, labels: [], state: 'open' };
}

/** An entry by a bot: one of our workflows, or another bot. */
export function byBot(body: string): Entry {
  return { ...byPerson(body), user: { type: 'Bot' } };
}
