import http from 'node:http';

export interface Listener {
  readonly url: string;
  readonly requests: {
    readonly method?: string;
    readonly url?: string;
    readonly headers: http.IncomingHttpHeaders;
    readonly body: string;
  }[];
  readonly close: () => void;
}

/** A server that records its requests, and answers 204 or a redirect to the URL given for a path. */
export async function listen(redirects: Readonly<Record<string, string>> = {}): Promise<Listener> {
  const requests: Listener['requests'] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url = '', headers } = request;
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      const location = redirects[url];
      response.writeHead(location === undefined ? 204 : 302, location ? { location } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}
