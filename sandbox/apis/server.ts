import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { APIS, type Api } from '../world/apis';
import { cloudBilling } from './cloud-billing';
import { cloudRun } from './cloud-run/routes';
import { compute } from './compute';
import { cloudScheduler } from './cloud-scheduler/routes';
import { requireLocation, requireProject, type Context } from './context';
import { ApiError, apiDisabled, unauthenticated } from '../protocol/errors';
import { refusalOf } from '../protocol/guard';
import { answerGrpc } from './grpc';
import { iam } from './iam';
import { logMetrics } from './logging/metrics';
import { logging } from './logging/routes';
import { writeEntries } from './logging/write';
import { alerts } from './monitoring/alerts';
import { notificationChannels } from './monitoring/channels';
import { alertPolicies } from './monitoring/policies';
import { snoozes } from './monitoring/snoozes';
import { commonParameters } from './parameters';
import { subscriptions } from './pubsub/subscriptions';
import { topics } from './pubsub/topics';
import { resourceManager } from './resource-manager';
import { serviceUsage } from './service-usage';

/** A job name can have 500 characters, or three times as many when URL-encoded. */
const MAX_PATH_PART = 2000;
/** More than the largest job, so that the API itself rejects larger ones. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** An API call that was answered. */
export interface ApiCall {
  /** `run.googleapis.com` */
  readonly api: Api;
  readonly method: string;
  /** Without the query: `/v2/projects/…`. */
  readonly path: string;
  readonly status: number;
}

export interface ServerHooks {
  /** More host names by which the server may be called. */
  readonly allowedHosts?: readonly string[];
  /** The error with which a call must fail, if any. */
  faultOf(method: string, path: string): ApiError | undefined;
  /** Called after every response. */
  answered(method: string, url: string, status: number): void;
  /** Called after the response to each call of one of Google's APIs. */
  called?(call: ApiCall): void;
}

/** What adds the routes of each API. */
const ROUTES: Readonly<Record<Api, readonly ((app: FastifyInstance, context: Context) => void)[]>> =
  {
    'cloudbilling.googleapis.com': [cloudBilling],
    'cloudresourcemanager.googleapis.com': [resourceManager],
    'cloudscheduler.googleapis.com': [cloudScheduler],
    'compute.googleapis.com': [compute],
    'iam.googleapis.com': [iam],
    'logging.googleapis.com': [logging, writeEntries, logMetrics],
    'monitoring.googleapis.com': [alertPolicies, notificationChannels, alerts, snoozes],
    'pubsub.googleapis.com': [topics, subscriptions],
    'run.googleapis.com': [cloudRun],
    'serviceusage.googleapis.com': [serviceUsage],
  };

/** All APIs on one server, since their paths do not overlap. */
export function createServer(context: Context, hooks: ServerHooks): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PATH_PART },
    // The provider's clients for IAM and Service Usage add /v1 even if the endpoint ends with it.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/v1\/v1\//, '/v1/'),
    clientErrorHandler: answerGrpc,
    frameworkErrors: (error, _request, reply) => {
      void sendError(reply, error);
    },
  });
  acceptAnyBodyAsJson(app);
  app.setErrorHandler((error: FastifyError | ApiError, _request, reply) => sendError(reply, error));
  app.setNotFoundHandler(({ method, url }, reply) => sendError(reply, notServed(method, url)));

  // First, so that a web page cannot even use up an injected fault.
  app.addHook('onRequest', (request, _reply, done) => {
    done(refusalOf(request, hooks.allowedHosts));
  });
  // Clients take the current time from this header, and the sandbox's clock may have been advanced.
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('date', new Date(context.clock.now()).toUTCString());
    done(null, payload);
  });
  app.addHook('onResponse', ({ method, url }, reply, done) => {
    hooks.answered(method, url, reply.statusCode);
    done();
  });
  for (const api of APIS) {
    void app.register((routes, _options, done) => {
      apiHooks(routes, api, context, hooks);
      for (const add of ROUTES[api]) add(routes, context);
      done();
    });
  }
  return app;
}

/** What all methods of an API have in common. */
function apiHooks(routes: FastifyInstance, api: Api, context: Context, hooks: ServerHooks): void {
  const { world } = context;
  routes.addHook('onRequest', ({ method, url, headers }, _reply, done) => {
    const fault = hooks.faultOf(method, url);
    if (fault !== undefined) throw fault;
    if (!isAuthenticated(headers)) throw unauthenticated();
    if (!world.enabledApis.has(api) && api !== 'serviceusage.googleapis.com') {
      throw apiDisabled(api, world.project.projectNumber);
    }
    done();
  });
  commonParameters(routes);
  routes.addHook('preHandler', ({ params }, _reply, done) => {
    const { project, location } = params as { project?: string; location?: string };
    if (project !== undefined) requireProject(context, project);
    if (location !== undefined) requireLocation(context, location);
    done();
  });
  routes.addHook('onResponse', ({ method, url }, { statusCode: status }, done) => {
    const [path = ''] = url.split('?');
    hooks.called?.({ api, method, path, status });
    done();
  });
}

/**
 * Any bearer token will do. Google's client libraries name themselves in a header; with anonymous
 * credentials they are let in, as by Google's own emulators.
 */
function isAuthenticated(headers: IncomingHttpHeaders): boolean {
  return (
    /^Bearer \S/.test(headers.authorization ?? '') || headers['x-goog-api-client'] !== undefined
  );
}

/** For URLs that Google has, or may have, and the sandbox has not. */
function notServed(method: string, url: string): ApiError {
  const service = /^\/_missing\/([A-Z0-9_]+)\//.exec(url)?.[1];
  return service === undefined
    ? new ApiError(
        'NOT_FOUND',
        'The requested URL was not found on this server. The sandbox does not serve ' +
          `${method} ${url.split('?')[0] ?? ''}; sandbox/README.md lists what it serves.`,
      )
    : // Not UNIMPLEMENTED: gcloud repeats what gets a 501, and blames the network half a minute later.
      new ApiError(
        'FAILED_PRECONDITION',
        `The sandbox does not emulate this service of Google: ${service}; sandbox/README.md lists what it emulates.`,
      );
}

/** Google's APIs parse any content type as JSON, and an empty body as an empty message. */
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
