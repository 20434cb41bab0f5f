import http from 'node:http';
import { isLoopback } from '@scheduled-jobs/constructs/core/uri';
import type { AttemptResult } from '../scheduler/scheduler';

export interface HttpCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** Origins to which connections are kept: the sandbox's own services. @default - none */
  readonly keepAliveTo?: readonly string[];
}

const KEEP_ALIVE = new http.Agent({ keepAlive: true });
const MOST_REDIRECTS = 10;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Calls a URL on this machine; requests never leave it. "For a redirected request, the response
 * returned by the redirected request is considered."
 *
 * Source: `HttpTarget` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export async function callHttp(
  url: URL,
  call: HttpCall,
  signal: AbortSignal,
): Promise<AttemptResult> {
  let at = url;
  let current = call;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (at.protocol !== 'http:' || !isLoopback(at.hostname)) {
      return { kind: 'unreachable', why: 'the sandbox calls only http URLs on this machine' };
    }
    const { location, ...result } = await send(at, current, signal);
    if (result.kind !== 'answered' || !REDIRECTS.includes(result.status)) return result;
    if (location === undefined || !URL.canParse(location, at.href)) return result;
    const next = new URL(location, at);
    current = redirected(current, result.status, next.origin === at.origin);
    at = next;
  }
  return { kind: 'unreachable', why: `more than ${MOST_REDIRECTS} redirects` };
}

/** As browsers do: 301, 302 and 303 turn a POST into a GET, and other origins do not get the token. */
function redirected(
  { method, headers, body, keepAliveTo }: HttpCall,
  status: number,
  sameOrigin: boolean,
): HttpCall {
  const becomesGet = method !== 'HEAD' && (status === 303 || (status < 303 && method === 'POST'));
  const dropped = new RegExp(
    `^(${[...(becomesGet ? ['content-type'] : []), ...(sameOrigin ? [] : ['authorization'])].join('|')})$`,
    'i',
  );
  return {
    method: becomesGet ? 'GET' : method,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.test(name))),
    body: becomesGet ? undefined : body,
    keepAliveTo,
  };
}

function send(
  url: URL,
  { method, headers, body, keepAliveTo = [] }: HttpCall,
  signal: AbortSignal,
): Promise<AttemptResult & { location?: string }> {
  return new Promise((resolve) => {
    const unreachable = (error: Error): void => {
      resolve({ kind: 'unreachable', why: error.message });
    };
    // A user's own server may close an idle connection just when the next request is sent.
    const agent = keepAliveTo.includes(url.origin) && KEEP_ALIVE;
    const request = http.request(url, { method, headers, signal, agent });
    request.on('error', unreachable);
    request.on('response', (response) => {
      response.on('error', unreachable);
      response.on('end', () => {
        const { location } = response.headers;
        resolve({
          kind: 'answered',
          status: response.statusCode ?? 0,
          ...(location && { location }),
        });
      });
      response.resume();
    });
    request.end(body);
  });
}
