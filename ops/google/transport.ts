import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
  /** Certificates of the authorities to trust. @default - Node's own, and NODE_EXTRA_CA_CERTS */
  readonly ca?: readonly string[];
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
export async function send(url: URL, { body, ca, ...sent }: Sent): Promise<HttpResponse> {
  const { request } = await (url.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  const options = { ...sent, ...(ca !== undefined && { ca: [...ca] }) };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, options, resolve).on('error', reject).end(body);
    });
    const retryAfter = Number(response.headers['retry-after'] ?? NaN);
    return {
      status: response.statusCode ?? 0,
      text: await text(response),
      date: response.headers.date,
      retryAfter: Number.isNaN(retryAfter) ? undefined : retryAfter,
      location: response.headers.location,
    };
  } catch (error) {
    // When aborted, the stream reports only that the response ended early.
    throw sent.signal.aborted ? sent.signal.reason : error;
  }
}
