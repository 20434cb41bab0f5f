import type { Environment } from '../../stages/environment';
import { Failed, Interrupted } from '../errors';
import { describeCall, type Request } from './call';
import { authorizer } from './credentials';
import { baseUrl, endpointVariable } from './endpoints';
import { GoogleError, Unreachable, type ErrorBody } from './error';
import { backoff, mayRetry, MAX_ATTEMPTS } from './retry';
import { send, type HttpAnswer } from './transport';

export interface Client {
  /** Calls an API, with retries. Throws `GoogleError`, or `Failed` when there is no good answer. */
  call<T extends object>(request: Request): Promise<T>;
  /** The items of all pages of a list. */
  list<T>(request: Request, items: string): Promise<T[]>;
  /**
   * The time by Google's clock, from the last answer; before the first, by this machine's. Ages
   * are right on a machine whose clock is not.
   */
  now(): Date;
}

export interface ClientOptions {
  readonly signal: AbortSignal;
  /** Of one call, in milliseconds. @default 10000 */
  readonly timeout?: number;
  /** The wait before the first retry, in milliseconds; it doubles. @default 500 */
  readonly retryDelay?: number;
}

type Outcome =
  | { readonly answer: HttpAnswer; readonly failure?: undefined }
  | { readonly answer?: HttpAnswer; readonly failure: Failed };

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_RETRY_DELAY = 500;

export function createClient(env: Environment, options: ClientOptions): Client {
  const { signal, timeout = DEFAULT_TIMEOUT, retryDelay = DEFAULT_RETRY_DELAY } = options;
  const authorize = authorizer(env);
  let clockOffset = 0;

  /** One attempt. Those that change something are let finish on Ctrl-C, so that all know how it ended. */
  async function attempt(url: URL, request: Request): Promise<HttpAnswer> {
    const deadline = AbortSignal.timeout(timeout);
    const headers = await within(deadline, authorize(url));
    const answer = await send(url, {
      method: request.method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: request.method === 'GET' ? AbortSignal.any([signal, deadline]) : deadline,
    });
    const date = Date.parse(answer.date ?? '');
    if (!Number.isNaN(date)) clockOffset = date - Date.now();
    return answer;
  }

  async function call<T extends object>(request: Request): Promise<T> {
    // Not as a relative URL: in `entries:list` the part before the colon would be its scheme.
    const url = new URL(`${baseUrl(request.api, env).href}${request.path}`);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      url.searchParams.set(key, value);
    }
    for (let attempts = 1; ; attempts += 1) {
      if (signal.aborted) throw new Interrupted();
      const { answer, failure } = await outcomeOf(url, request);
      if (failure === undefined) return parse(request, answer) as T;
      if (attempts >= MAX_ATTEMPTS || !mayRetry(request, failure)) throw failure;
      await backoff(attempts, retryDelay, answer?.retryAfter, signal);
    }
  }

  /** An answer, or why there is no good one. */
  async function outcomeOf(url: URL, request: Request): Promise<Outcome> {
    try {
      const answer = await attempt(url, request);
      const failure = failureOf(request, answer, env);
      return failure === undefined ? { answer } : { answer, failure };
    } catch (error) {
      if (error instanceof Failed) return { failure: error };
      const { name } = error as Error;
      if (name === 'AbortError') throw new Interrupted();
      const timedOut = name === 'TimeoutError' ? timeout : undefined;
      return { failure: new Unreachable(request, url, error, timedOut) };
    }
  }

  return {
    call,
    async list<T>(request: Request, items: string): Promise<T[]> {
      const found: T[] = [];
      let pageToken: string | undefined;
      do {
        const page = await call<Record<string, unknown>>(withPage(request, pageToken));
        found.push(...((page[items] ?? []) as T[]));
        pageToken = page.nextPageToken as string | undefined;
      } while (pageToken);
      return found;
    },
    now: () => new Date(Date.now() + clockOffset),
  };
}

/** Lists by POST have the page's token in their body. */
function withPage(request: Request, pageToken: string | undefined): Request {
  if (!pageToken) return request;
  if (request.method === 'GET') return { ...request, query: { ...request.query, pageToken } };
  return { ...request, body: { ...request.body, pageToken } };
}

function failureOf(request: Request, answer: HttpAnswer, env: Environment): Failed | undefined {
  if (answer.status < 400) return undefined;
  const body = (json(answer.text) as { error?: ErrorBody } | undefined)?.error;
  return new GoogleError(request, answer.status, body ?? {}, env);
}

function parse(request: Request, answer: HttpAnswer): object {
  const body = json(answer.text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  // What it says is not shown: it may be a page with the request, and so with the token.
  throw new Failed(
    `${describeCall(request)}: the answer (${answer.status}, ${answer.text.length} characters) is ` +
      'not a JSON object.',
    `check ${endpointVariable(request.api)}, if it is set, and the proxy, if there is one`,
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A promise, or the deadline's error when that comes first. */
async function within<T>(deadline: AbortSignal, promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => {
      deadline.addEventListener('abort', () => {
        reject(deadline.reason as Error);
      });
    }),
  ]);
}
