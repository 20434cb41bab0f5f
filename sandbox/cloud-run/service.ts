import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { TRACE_HEADER } from '../execution/executor';
import { inWebMode, isDeployed, takeFault } from '../faults/faults';
import { refusalOf } from '../protocol/guard';
import type { Activity, Clock } from '../scheduler/clock';
import type { Tokens } from '../tokens/tokens';
import type { Service, World } from '../world/world';
import { checkAccess } from './access';
import { forward } from './forward';
import { stubAnswer } from './stub';

export interface ServiceParts {
  readonly world: World;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly activeRequests: ReadonlyMap<string, Activity>;
  /** The user's own server behind a service, by the service's name. */
  readonly backends: ReadonlyMap<string, URL>;
  /** More host names by which the services may be called. @default - none */
  readonly allowedHosts?: readonly string[];
}

/** The HTTP server in front of a service, which behaves as Cloud Run does. */
export function createService(name: string, parts: ServiceParts): FastifyInstance {
  const { world, clock } = parts;
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = refusalOf(request, parts.allowedHosts);
    if (refusal === undefined) done();
    else void reply.code(refusal.httpStatus).send(refusal.message);
  });
  app.setErrorHandler(({ statusCode = 500, message }: FastifyError, _request, reply) => {
    if (statusCode >= 500) console.error(`${name}: ${message}`);
    return reply.code(statusCode).send(message);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const service = world.services.get(name);
    if (service === undefined || !isDeployed(world, service)) {
      return reply.code(404).send('The requested URL was not found on this server.');
    }
    const { authorization } = request.headers;
    const access = await checkAccess(world, parts.tokens, service, authorization);
    if (access.kind === 'denied') {
      const title = access.status === 401 ? 'Unauthorized' : 'Forbidden';
      return reply.code(access.status).send(`${title}: ${access.why}`);
    }
    return serve(service, request, reply);
  });
  return app;

  async function serve(
    service: Service,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const stage = service.role === 'worker' ? service.stage : undefined;
    const slow = takeFault(world, 'worker-slow', stage, request.url);
    if (slow !== undefined) await wait(request, slow.seconds);
    const failing = takeFault(world, 'worker-failing', stage, request.url);
    if (failing !== undefined) {
      return reply.code(failing.status).send({ detail: 'Failure injected by the sandbox.' });
    }
    const backend = parts.backends.get(service.name);
    if (backend !== undefined) return forward(backend, request, reply);
    const { status, body } = stubAnswer(!inWebMode(world, service), service, {
      method: request.method,
      path: new URL(request.url, 'http://localhost').pathname,
      contentType: request.headers['content-type'],
    });
    return reply.code(status).send(body);
  }

  /** Waits on the sandbox's clock. */
  async function wait(request: FastifyRequest, seconds: number): Promise<void> {
    const trace = String(request.headers[TRACE_HEADER] ?? '').split('/')[0] ?? '';
    const activity = parts.activeRequests.get(trace);
    if (activity !== undefined) return activity.sleep(seconds * 1000);
    await new Promise<void>((resolve) => clock.at(clock.now() + seconds * 1000, resolve));
  }
}
