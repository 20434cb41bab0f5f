import type { FastifyInstance } from 'fastify';
import { APIS } from '../world/apis';
import type { World } from '../world/world';
import { type Context } from './context';
import { invalidArgument, notFound } from '../protocol/errors';
import { isObject } from '../protocol/fields';
import { page, type ListQuery } from '../protocol/paging';
import { splitVerb } from '../protocol/verbs';

interface ServiceParams {
  project: string;
  service: string;
}

/** The APIs that are enabled in a project. Source: https://cloud.google.com/service-usage/docs/reference/rest/v1/services */
export function serviceUsage(app: FastifyInstance, context: Context): void {
  const { world } = context;
  const services = '/v1/projects/:project/services';

  app.get<{ Querystring: ListQuery & { filter?: unknown } }>(services, ({ query }) => {
    const filter = readFilter(query.filter);
    const known = [...new Set([...APIS, ...world.enabledApis])].sort();
    const all = known
      .map((name) => [name, show(world, name)] as const)
      .filter(([, { state }]) => filter === undefined || state === filter);
    return page('services', all, query);
  });

  app.get<{ Params: ServiceParams }>(`${services}/:service`, ({ params }) => {
    return show(world, requireService(params.service));
  });

  app.post<{ Params: ServiceParams }>(`${services}/:service`, ({ params }) => {
    const [name, verb] = splitVerb(params.service, ['enable', 'disable']);
    if (verb === undefined) throw notFound('The method');
    const isChange = change(requireService(name), verb);
    const type = verb === 'enable' ? 'EnableServiceResponse' : 'DisableServiceResponse';
    return operation(isChange, type, 'service', show(world, name));
  });

  app.post('/v1/projects/:project/services:batchEnable', ({ body }) => {
    const ids = isObject(body) ? body.serviceIds : undefined;
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
      throw invalidArgument('service_ids must be a list of strings.');
    }
    const names = ids.map(requireService);
    const changes = names.filter((name) => change(name, 'enable'));
    return operation(
      changes.length > 0,
      'BatchEnableServicesResponse',
      'services',
      names.map((name) => show(world, name)),
    );
  });

  app.get<{ Params: { '*': string } }>('/v1/operations/*', ({ params }) => ({
    name: `operations/${params['*']}`,
    done: true,
    response: { '@type': 'type.googleapis.com/google.protobuf.Empty' },
  }));

  /** Returns whether the API was in the other state. */
  function change(name: string, verb: 'enable' | 'disable'): boolean {
    const { enabledApis } = world;
    const isChange = enabledApis.has(name) !== (verb === 'enable');
    if (verb === 'enable') enabledApis.add(name);
    else enabledApis.delete(name);
    return isChange;
  }
}

function requireService(name: string): string {
  if (/^[a-z][a-z0-9.-]*\.(googleapis\.com|cloud\.goog)$/.test(name)) return name;
  throw notFound(`Service ${name}`);
}

function readFilter(given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined;
  const state = typeof given === 'string' && /^state:(ENABLED|DISABLED)$/.exec(given)?.[1];
  if (state) return state;
  throw invalidArgument('The filter must be state:ENABLED or state:DISABLED.');
}

function show(
  { project, enabledApis }: World,
  name: string,
): { name: string; config: object; state: string; parent: string } {
  return {
    name: `projects/${project.projectNumber}/services/${name}`,
    config: { name },
    state: enabledApis.has(name) ? 'ENABLED' : 'DISABLED',
    parent: `projects/${project.projectNumber}`,
  };
}

const TYPE = 'type.googleapis.com/google.api.serviceusage.v1.';

/** The operation of a change. Clients must ask for it once more, as they must at Google. */
function operation(
  isChange: boolean,
  type: string,
  field: string,
  value: { name: string } | { name: string }[],
): object {
  const resourceNames = [value].flat().map(({ name }) => name);
  const metadata = { '@type': `${TYPE}OperationMetadata`, resourceNames };
  if (isChange) return { name: 'operations/acat.sandbox', metadata };
  return {
    name: 'operations/noop.DONE_OPERATION',
    metadata,
    done: true,
    response: { '@type': `${TYPE}${type}`, [field]: value },
  };
}
