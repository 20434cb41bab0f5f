import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Api } from '../world/world';
import { cloudRun } from './cloud-run';
import { cloudScheduler } from './cloud-scheduler/routes';
import type { Context } from './context';
import { ApiError, apiDisabled, unauthenticated } from '../protocol/errors';
import { iam } from './iam';
import { logMetrics } from './logging/metrics';
import { logging } from './logging/routes';
import { alerts } from './monitoring/alerts';
import { notificationChannels } from './monitoring/channels';
import { alertPolicies } from './monitoring/policies';
import { resourceManager } from './resource-manager';
import { serviceUsage } from './service-usage';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The API that a route belongs to; routes without one ask for no token. */
    api?: Api;
  }
}

/** Job names alone may have 500 characters. */
const MAX_PATH_PART = 2000;
/** Above the largest job, so that the answer to a larger one is the API's own. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface ServerHooks {
  /** The error that a call is to be answered with, if any. */
  faultOf(method: string, path: string): ApiError | undefined;
  /** Told of every call when it was answered. */
  answered(method: string, url: string, status: number): void;
}

const APIS = [
  cloudScheduler,
  cloudRun,
  iam,
  serviceUsage,
  resourceManager,
  logging,
  logMetrics,
  alertPolicies,
  notificationChannels,
  alerts,
];

/** The APIs on one server; their paths do not overlap. */
export function createServer(context: Context, hooks: ServerHooks): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PATH_PART },
    // The provider's clients for IAM and Service Usage add a v1 to an endpoint that ends with one.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/v1\/v1\//, '/v1/'),
    frameworkErrors: (error, _request, reply) => {
      void sendError(reply, error);
    },
  });
  acceptAnyBodyAsJson(app);
  app.setErrorHandler((error: FastifyError | ApiError, _request, reply) => sendError(reply, error));
  app.setNotFoundHandler((_request, reply) =>
    sendError(reply, new ApiError('NOT_FOUND', 'The requested URL was not found on this server.')),
  );

  app.addHook('onRequest', (request, _reply, done) => {
    const { api } = request.routeOptions.config;
    if (api === undefined) {
      done();
      return;
    }
    const fault = hooks.faultOf(request.method, request.url);
    if (fault !== undefined) throw fault;
    if (!/^Bearer \S/.test(request.headers.authorization ?? '')) throw unauthenticated();
    const { world } = context;
    if (!world.enabledApis.has(api) && api !== 'serviceusage.googleapis.com') {
      throw apiDisabled(api, world.project.projectNumber);
    }
    done();
  });
  // Clients take the time from it, and the sandbox's may have been moved.
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('date', new Date(context.clock.now()).toUTCString());
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    hooks.answered(request.method, request.url, reply.statusCode);
    done();
  });

  for (const register of APIS) register(app, context);
  return app;
}

/** Google's APIs read JSON whatever the content type says, and an empty body as an empty message. */
function acceptAnyBodyAsJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body: string, done) => {
    if (body.trim() === '') done(null, {});
    else void parse(request, body, done);
  });
}

function sendError(reply: FastifyReply, error: FastifyError | ApiError): FastifyReply {
  const answer = error instanceof ApiError ? error : asApiError(error);
  return reply.code(answer.httpStatus).type('application/json').send(JSON.stringify(answer));
}

function asApiError(error: FastifyError): ApiError {
  const { statusCode = 500, message } = error;
  if (statusCode >= 500) {
    console.error(error);
    return new ApiError('INTERNAL', 'Internal error encountered.');
  }
  return new ApiError('INVALID_ARGUMENT', message, [], statusCode);
}
