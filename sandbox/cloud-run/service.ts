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
import type { LogEntry } from '../world/logging';
import type { Service } from '../world/service';
import type { World } from '../world/world';
import { checkAccess, type Access } from './access';
import type { FollowedLog } from './follow-log';
import { forward } from './forward';
import { lineEntry, requestEntry } from './log-entries';
import { noteRole } from './role';
import { failureLine, rejectionLine, stubAnswer, type StubLine } from './stub';

/** What is known of a request until its response is sent, and its log entry written. */
interface Received {
  readonly service: Service;
  readonly from: number;
  /** Cloud Run's own remark. */
  text?: string;
}

export interface ServiceParts {
  readonly world: World;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly activeRequests: ReadonlyMap<string, Activity>;
  /** The user's own server behind a service, by the service's name. */
  readonly backends: ReadonlyMap<string, URL>;
  /** Logs that servers of the user's own write, by the service's name. */
  readonly followed: ReadonlyMap<string, FollowedLog>;
  /** Writes an entry to the project's log. */
  readonly log: (entry: LogEntry) => void;
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
  const received = new WeakMap<FastifyRequest, Received>();
  app.setNotFoundHandler(async (request, reply) => {
    const service = world.services.get(name);
    if (service === undefined || !isDeployed(world, service)) {
      return reply.code(404).send('The requested URL was not found on this server.');
    }
    const about: Received = { service, from: clock.now() };
    received.set(request, about);
    const { authorization } = request.headers;
    const access = await checkAccess(world, parts.tokens, service, authorization);
    if (access.kind === 'denied') {
      about.text = remarkOn(access);
      const title = access.status === 401 ? 'Unauthorized' : 'Forbidden';
      return reply.code(access.status).send(`${title}: ${access.why}`);
    }
    return serve(service, request, reply);
  });
  // Before the response, so that whoever reads it finds its entries.
  app.addHook('onSend', (request, reply, payload, done) => {
    const about = received.get(request);
    parts.followed.get(name)?.read();
    if (about !== undefined) {
      const { headers, method, url } = request;
      parts.log(
        requestEntry(world, about.service, {
          method,
          path: url,
          userAgent: headers['user-agent'] ?? '',
          trace: traceOf(request),
          from: about.from,
          to: clock.now(),
          status: reply.statusCode,
          text: about.text,
        }),
      );
    }
    done(null, payload);
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
    const { method } = request;
    const path = new URL(request.url, 'http://localhost').pathname;
    const rejecting = takeFault(world, 'worker-rejects-token', stage, request.url);
    if (rejecting !== undefined) {
      const { authorization } = request.headers;
      writeLine(service, rejectionLine(service, rejecting.reason, authorization, clock.now()));
      return reply.code(401).send({ detail: 'Invalid OIDC identity token.' });
    }
    const failing = takeFault(world, 'worker-failing', stage, request.url);
    if (failing !== undefined) {
      const { status } = failing;
      if (status >= 500) writeLine(service, failureLine(path, 'Failure injected by the sandbox.'));
      return reply.code(status).send({ detail: 'Failure injected by the sandbox.' });
    }
    const backend = parts.backends.get(service.name);
    if (backend !== undefined) {
      const answered = (status: number | undefined): void => {
        if (status === undefined) world.serverRoles.delete(service.name);
        else noteRole(world, service, path, status);
      };
      return forward(backend, request, reply, answered);
    }
    const { status, body, error } = stubAnswer(!inWebMode(world, service), service, {
      method,
      path,
      contentType: request.headers['content-type'],
    });
    if (error !== undefined) writeLine(service, failureLine(path, error));
    return reply.code(status).send(body);
  }

  function writeLine(service: Service, line: StubLine): void {
    parts.log(lineEntry(world, service, JSON.stringify(line), clock.now()));
  }

  /** Waits on the sandbox's clock. */
  async function wait(request: FastifyRequest, seconds: number): Promise<void> {
    const activity = parts.activeRequests.get(traceOf(request));
    if (activity !== undefined) return activity.sleep(seconds * 1000);
    await new Promise<void>((resolve) => clock.at(clock.now() + seconds * 1000, resolve));
  }
}

function traceOf({ headers }: FastifyRequest): string {
  return String(headers[TRACE_HEADER] ?? '').split('/')[0] ?? '';
}

/** Source: https://cloud.google.com/run/docs/troubleshooting#unauthorized-client */
function remarkOn({ status }: Extract<Access, { kind: 'denied' }>): string {
  return status === 401
    ? 'The request was not authenticated. Either allow unauthenticated invocations or set the proper ' +
        'Authorization header. Read more at https://cloud.google.com/run/docs/securing/authenticating'
    : 'The request was not authorized to invoke this service. Read more at ' +
        'https://cloud.google.com/run/docs/securing/authenticating';
}
