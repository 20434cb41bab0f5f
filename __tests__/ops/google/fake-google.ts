import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reply, or a function that handles the response. */
export type Reply =
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly headers?: http.OutgoingHttpHeaders;
    }
  | ((response: http.ServerResponse) => void);

/** A server that sends its replies in order, repeats the last one, and records the requests. */
export interface FakeGoogle {
  readonly url: string;
  readonly requests: { method: string; url: string; authorization: string; body: string }[];
  replies: Reply[];
  close(): Promise<void>;
}

export async function startFakeGoogle(): Promise<FakeGoogle> {
  const fake: Pick<FakeGoogle, 'requests' | 'replies'> = { requests: [], replies: [] };
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      fake.requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        body,
      });
      const reply = fake.replies.length > 1 ? fake.replies.shift() : fake.replies[0];
      if (typeof reply === 'function') {
        reply(response);
        return;
      }
      response.writeHead(reply?.status ?? 200, reply?.headers);
      const content = reply?.body ?? {};
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** An error in the format of Google's APIs. */
export function googleError(code: number, status: string, message: string, details?: object[]) {
  return { status: code, body: { error: { code, status, message, details } } };
}
