import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ProxyAgent } from 'undici';

export interface Sent {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
  /** Certificates of the authorities to trust. @default - Node's own, and NODE_EXTRA_CA_CERTS */
  readonly ca?: readonly string[];
  /** The proxy to call through. @default - none */
  readonly proxy?: URL;
}

export interface HttpResponse {
  readonly status: number;
  readonly text: string;
  /** Google's clock. */
  readonly date: string | undefined;
  /** Seconds to wait, as requested by the server. */
  readonly retryAfter: number | undefined;
  /** The target of a redirect. */
  readonly location: string | undefined;
}

/**
 * Sends a request and reads the whole response. Does not follow redirects, which could send the token to
 * another host. Uses node:http, because loading `fetch` takes longer than a call.
 *
 * @throws the signal's reason if aborted, otherwise Node's error
 */
export async function send(url: URL, { proxy, ...sent }: Sent): Promise<HttpResponse> {
  return proxy === undefined ? sendDirectly(url, sent) : sendThrough(proxy, url, sent);
}

async function sendDirectly(url: URL, { body, ca, ...sent }: Sent): Promise<HttpResponse> {
  const { request } = await (url.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  const options = { ...sent, ...(ca !== undefined && { ca: [...ca] }) };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, options, resolve).on('error', reject).end(body);
    });
    return responseOf(response.statusCode ?? 0, response.headers, await text(response));
  } catch (error) {
    // When aborted, the stream reports only that the response ended early.
    throw sent.signal.aborted ? sent.signal.reason : error;
  }
}

/** Through a tunnel, so that the proxy sees neither the token nor the path. */
async function sendThrough(proxy: URL, url: URL, { ca, ...sent }: Sent): Promise<HttpResponse> {
  // Loaded only when needed, like `https`.
  const { request } = await import('undici');
  const dispatcher = await tunnel(proxy, ca);
  const headers = sent.headers as Record<string, string>;
  const {
    statusCode,
    headers: answer,
    body,
  } = await request(url, { ...sent, headers, dispatcher });
  return responseOf(statusCode, answer, await body.text());
}

const tunnels = new Map<string, Promise<ProxyAgent>>();

/** The connections through a proxy, which are kept for further calls. */
export function tunnel(proxy: URL, ca?: readonly string[]): Promise<ProxyAgent> {
  const key = JSON.stringify([proxy.href, ca]);
  const known = tunnels.get(key);
  if (known !== undefined) return known;
  const tls = ca && { ca: [...ca] };
  const made = import('undici').then(
    ({ ProxyAgent: Agent }) => new Agent({ uri: proxy.href, requestTls: tls, proxyTls: tls }),
  );
  tunnels.set(key, made);
  return made;
}

function responseOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): HttpResponse {
  const header = (name: string): string | undefined => [headers[name]].flat()[0];
  const retryAfter = Number(header('retry-after') ?? NaN);
  return {
    status,
    text: body,
    date: header('date'),
    retryAfter: Number.isNaN(retryAfter) ? undefined : retryAfter,
    location: header('location'),
  };
}
