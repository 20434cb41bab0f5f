import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { ApiError, invalidArgument, permissionDenied } from '../../protocol/errors';
import { readMessage, type Message } from '../../protocol/fields';
import { applyPatch, type MaskQuery } from '../../protocol/update-mask';
import { EMPTY_POLICY } from '../../world/iam-policy';
import type { Service, ServiceSpec } from '../../world/service';
import { timestamp, type Context } from '../context';
import { readSpec, SERVICE } from './service-fields';
import { findService, showService, type ServiceParams } from './services';

interface ChangeQuery extends MaskQuery {
  validateOnly?: string;
  allowMissing?: string;
  etag?: string;
}

/**
 * Creates, changes and deletes services. No container is started: a stub is behind the new service's URL, or the
 * user's own server. Every operation is done when it is returned.
 */
export function deployments(app: FastifyInstance, context: Context): void {
  const { world } = context;
  const services = '/v2/projects/:project/locations/:location/services';

  app.post<{ Querystring: ChangeQuery & { serviceId?: string } }>(
    services,
    async ({ query, body }) => {
      const name = readId(query.serviceId);
      if (world.services.has(name)) {
        throw new ApiError('ALREADY_EXISTS', `Resource '${name}' already exists.`);
      }
      return create(name, readSpec(readMessage(SERVICE, body, 'service')), query);
    },
  );

  app.patch<{ Params: ServiceParams; Querystring: ChangeQuery }>(
    `${services}/:service`,
    async ({ params, query, body }) => {
      const patch = readMessage(SERVICE, body, 'service');
      if (query.allowMissing === 'true' && !world.services.has(params.service)) {
        return create(readId(params.service), readSpec(patch), query);
      }
      const before = findService(context, params);
      // The template of a service that the seed deployed is derived from the seed.
      const { template } = showService(world, before) as { template: Message };
      const spec = applyPatch(SERVICE, { template, ...before.spec }, patch, query.updateMask);
      const after = {
        ...before,
        ...deployed(readSpec(spec)),
        generation: before.generation + 1,
        updateTime: timestamp(context.clock),
      };
      if (query.validateOnly !== 'true') world.services.set(before.name, after);
      return operation(showService(world, after));
    },
  );

  app.delete<{ Params: ServiceParams; Querystring: ChangeQuery }>(
    `${services}/:service`,
    ({ params, query }) => {
      const service = findService(context, params);
      const shown = showService(world, service) as { etag: string };
      if (query.etag !== undefined && query.etag !== shown.etag) {
        throw new ApiError('ABORTED', `The etag of '${service.name}' is ${shown.etag}.`);
      }
      if (query.validateOnly !== 'true') world.services.delete(service.name);
      return operation({ ...shown, deleteTime: timestamp(context.clock) });
    },
  );

  async function create(name: string, spec: ServiceSpec, query: ChangeQuery): Promise<object> {
    const createTime = timestamp(context.clock);
    const isCreated = query.validateOnly !== 'true';
    const service: Service = {
      ...{ name, stage: name, role: 'worker', ...deployed(spec) },
      urls: isCreated ? await context.servers.open(name) : ['', ''],
      ...{ createTime, updateTime: createTime, generation: 1, policy: EMPTY_POLICY },
    };
    if (isCreated) world.services.set(name, service);
    return operation(showService(world, service));
  }

  function deployed(spec: ServiceSpec): Pick<Service, 'spec' | 'account' | 'env'> {
    const { serviceAccount = '', containers } = spec.template;
    const computeAccount = `${world.project.projectNumber}-compute@developer.gserviceaccount.com`;
    const email = serviceAccount === '' ? computeAccount : serviceAccount;
    if (email !== computeAccount && !world.accounts.has(email)) {
      throw permissionDenied(
        `Permission 'iam.serviceaccounts.actAs' denied on service account ${email} (or it may not exist).`,
      );
    }
    const env = Object.fromEntries(
      containers.flatMap(({ env: each = [] }) => each.map(({ name, value = '' }) => [name, value])),
    );
    return { spec, env, account: { email, displayName: '' } };
  }

  function operation(service: object): object {
    const value = { '@type': 'type.googleapis.com/google.cloud.run.v2.Service', ...service };
    const parent = `projects/${world.project.projectId}/locations/${world.region}`;
    const name = `${parent}/operations/${randomUUID()}`;
    return { name, metadata: value, done: true, response: value };
  }
}

function readId(given: string | undefined): string {
  if (given !== undefined && /^[a-z]([-a-z0-9]{0,47}[a-z0-9])?$/.test(given)) return given;
  throw invalidArgument(
    'service_id must begin with a letter, cannot end with a hyphen, and must contain fewer than 50 ' +
      'lower-case letters, digits and hyphens.',
  );
}
