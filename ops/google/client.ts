import { parseJson } from '../../lib/json';
import type { Environment } from '../../stages/environment';
import { Failed, Interrupted } from '../errors';
import { describeCall, type Request } from './call';
import { authorizer } from './credentials';
import { baseUrl, endpointVariable } from './endpoints';
import { GoogleError, Unreachable, type ErrorBody } from './error';
import { proxyFor } from './proxy';
import { backoff, mayRetry, MAX_ATTEMPTS } from './retry';
import { send, type HttpResponse } from './transport';
import { manual } from '../fixes/fix';

export interface Client {
  /** Calls an API, with retries. Throws `GoogleError`, or `Failed` without a valid response. */
  call<T extends object>(request: Request): Promise<T>;
  /** The items of all pages of a list. */
  list<T>(request: Request, items: string): Promise<T[]>;
  /**
   * The time by Google's clock, from the last response; before the first, by this machine's clock.
   * So ages are correct even where this machine's clock is wrong.
   */
  now(): Date;
}

export interface ClientOptions {
  readonly signal: AbortSignal;
  /** Timeout of one call, in milliseconds. @default 10000 */
  readonly timeout?: number;
  /** Delay before the first retry, in milliseconds; doubles each time. @default 500 */
  readonly retryDelay?: number;
}

type Outcome =
  | { readonly response: HttpResponse; readonly failure?: undefined }
  | { readonly response?: HttpResponse; readonly failure: Failed };

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_RETRY_DELAY = 500;

export function createClient(env: Environment, options: ClientOptions): Client {
  const { signal, timeout = DEFAULT_TIMEOUT, retryDelay = DEFAULT_RETRY_DELAY } = options;
  const authorize = authorizer(env);
  let clockOffset = 0;

  /** One attempt. Ctrl-C does not abort a change, so that its outcome is known. */
  async function attempt(url: URL, request: Request): Promise<HttpResponse> {
    const deadline = AbortSignal.timeout(timeout);
    const headers = await within(deadline, authorize(url));
    const response = await send(url, {
      method: request.method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      proxy: proxyFor(url, env),
      signal: request.method === 'GET' ? AbortSignal.any([signal, deadline]) : deadline,
    });
    const date = Date.parse(response.date ?? '');
    if (!Number.isNaN(date)) clockOffset = date - Date.now();
    return response;
  }

  async function call<T extends object>(request: Request): Promise<T> {
    // Not resolved as a relative URL: the `entries` of `entries:list` would be parsed as a scheme.
    const url = new URL(`${baseUrl(request.api, env).href}${request.path}`);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      url.searchParams.set(key, value);
    }
    for (let attempts = 1; ; attempts += 1) {
      if (signal.aborted) throw new Interrupted();
      const { response, failure } = await outcomeOf(url, request);
      if (failure === undefined) return parse(request, response) as T;
      if (attempts >= MAX_ATTEMPTS || !mayRetry(request, failure)) throw failure;
      await backoff(attempts, retryDelay, response?.retryAfter, signal);
    }
  }

  /** A response, and why it is not a success. */
  async function outcomeOf(url: URL, request: Request): Promise<Outcome> {
    try {
      const response = await attempt(url, request);
      const failure = failureOf(request, response, env);
      return failure === undefined ? { response } : { response, failure };
    } catch (error) {
      if (error instanceof Failed) return { failure: error };
      const { name } = error as Error;
      // A proxy that opens no tunnel is an AbortError, too.
      if (name === 'AbortError' && signal.aborted) throw new Interrupted();
      const timedOut = name === 'TimeoutError' ? timeout : undefined;
      return { failure: new Unreachable(request, url, error, timedOut, proxyFor(url, env)) };
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

/** Lists that use POST take the page token in the body. */
function withPage(request: Request, pageToken: string | undefined): Request {
  if (!pageToken) return request;
  if (request.method === 'GET') return { ...request, query: { ...request.query, pageToken } };
  return { ...request, body: { ...request.body, pageToken } };
}

function failureOf(request: Request, response: HttpResponse, env: Environment): Failed | undefined {
  if (response.status < 400) return undefined;
  const body = (parseJson(response.text) as { error?: ErrorBody } | undefined)?.error;
  return new GoogleError(request, response.status, body ?? {}, env);
}

function parse(request: Request, response: HttpResponse): object {
  const body = parseJson(response.text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  // The text is not shown: it may be a page that repeats the request, including the token.
  throw new Failed(
    `${describeCall(request)}: the response (${response.status}, ${response.text.length} characters) ` +
      'is not a JSON object.',
    manual(`check ${endpointVariable(request.api)} (if set) and your proxy (if any)`),
  );
}

/** Resolves with the promise, or rejects with the deadline's error if that comes first. */
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
