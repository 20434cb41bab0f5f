import type { FastifyInstance } from 'fastify';
import { isDeployed } from '../../faults/faults';
import { notFound } from '../../protocol/errors';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import { splitVerb } from '../../protocol/verbs';
import type { Context } from '../context';
import { policyMethod, showPolicy } from '../iam-policy';
import { deployments } from './deployments';
import { findService, showService, type ServiceParams } from './services';

/** Services of Cloud Run v2. Source: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export function cloudRun(app: FastifyInstance, context: Context): void {
  const { world } = context;
  const services = '/v2/projects/:project/locations/:location/services';
  deployments(app, context);

  app.get<{ Querystring: ListQuery }>(services, ({ query }) => {
    const present = sortedEntries(world.services).filter(([, service]) =>
      isDeployed(world, service),
    );
    return page(
      'services',
      present.map(([name, service]) => [name, showService(world, service)] as const),
      query,
    );
  });

  // gcloud uses v1 for policies, with the same paths; for services, v1 has another form.
  for (const version of ['v1', 'v2']) {
    const path = services.replace('v2', version);
    app.get<{ Params: ServiceParams }>(`${path}/:service`, async ({ params }) => {
      const [name, verb] = splitVerb(params.service, ['getIamPolicy']);
      if (verb === undefined && version === 'v1') throw notFound('The method');
      const service = findService(context, { ...params, service: name });
      if (verb !== undefined) return showPolicy(service.policy);
      await context.servers.observeRole(service);
      return showService(world, service);
    });

    app.post<{ Params: ServiceParams }>(`${path}/:service`, ({ params, body }) => {
      const [name, verb] = splitVerb(params.service, ['setIamPolicy', 'testIamPermissions']);
      if (verb === undefined) throw notFound('The method');
      const service = findService(context, { ...params, service: name });
      return policyMethod(verb, body, service.policy, (policy) => {
        service.policy = policy;
      });
    });
  }
}
