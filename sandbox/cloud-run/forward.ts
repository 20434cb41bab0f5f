import type { FastifyReply, FastifyRequest } from 'fastify';
import http from 'node:http';

/**
 * Forwards a request to a server on this machine, and returns its response.
 *
 * @param answered called with the response's status; undefined if the server cannot be reached
 */
export function forward(
  backend: URL,
  request: FastifyRequest,
  reply: FastifyReply,
  answered: (status: number | undefined) => void,
): Promise<FastifyReply> {
  return new Promise((resolve) => {
    const outgoing = http.request(new URL(request.url, backend), {
      method: request.method,
      // The Host header stays the service's, as behind Cloud Run.
      headers: request.headers,
      agent: false,
    });
    outgoing.on('error', (error) => {
      answered(undefined);
      resolve(reply.code(503).send(`Cannot reach the server at ${backend.href}: ${error.message}`));
    });
    outgoing.on('response', (answer) => {
      answered(answer.statusCode);
      resolve(
        reply
          .code(answer.statusCode ?? 502)
          .headers(answer.headers)
          .send(answer),
      );
    });
    request.raw.on('close', () => {
      if (request.raw.destroyed && !reply.sent) outgoing.destroy();
    });
    outgoing.end(Buffer.isBuffer(request.body) ? request.body : undefined);
  });
}
