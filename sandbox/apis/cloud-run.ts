import type { FastifyInstance } from 'fastify';
import { inWebMode, isDeployed } from '../faults/faults';
import type { Service, World } from '../world/world';
import { requireLocation, requireProject, type Context } from './context';
import { notFound } from '../protocol/errors';
import { setPolicy, showPolicy, testPermissions } from './iam-policy';
import { page, sortedEntries, type ListQuery } from '../protocol/paging';
import { splitVerb } from '../protocol/verbs';

interface LocationParams {
  project: string;
  location: string;
}

interface ServiceParams extends LocationParams {
  service: string;
}

const config = { api: 'run.googleapis.com' } as const;

/** Cloud Run v2: read-only, except IAM policies. Source: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export function cloudRun(app: FastifyInstance, context: Context): void {
  const { world } = context;
  const services = '/v2/projects/:project/locations/:location/services';

  app.get<{ Params: LocationParams; Querystring: ListQuery }>(
    services,
    { config },
    ({ params, query }) => {
      requireProject(context, params.project);
      requireLocation(context, params.location);
      const present = sortedEntries(world.services).filter(([, service]) =>
        isDeployed(world, service),
      );
      return page(
        'services',
        present.map(([name, service]) => [name, show(service)] as const),
        query,
      );
    },
  );

  app.get<{ Params: ServiceParams }>(`${services}/:service`, { config }, async ({ params }) => {
    const [name, verb] = splitVerb(params.service, ['getIamPolicy']);
    const service = find({ ...params, service: name });
    if (verb !== undefined) return showPolicy(service.policy);
    await context.observeRole(service);
    return show(service);
  });

  // gcloud uses v1 for policies, with the same paths.
  for (const version of ['v1', 'v2']) {
    app.post<{ Params: ServiceParams }>(
      `/${version}/projects/:project/locations/:location/services/:service`,
      { config },
      ({ params, body }) => {
        const [name, verb] = splitVerb(params.service, ['setIamPolicy', 'testIamPermissions']);
        if (verb === undefined) throw notFound('The method');
        const service = find({ ...params, service: name });
        if (verb === 'testIamPermissions') return testPermissions(body);
        service.policy = setPolicy(service.policy, body);
        return showPolicy(service.policy);
      },
    );
  }

  app.get<{ Params: ServiceParams }>(
    '/v1/projects/:project/locations/:location/services/:service',
    { config },
    ({ params }) => {
      const [name, verb] = splitVerb(params.service, ['getIamPolicy']);
      if (verb === undefined) throw notFound('The method');
      return showPolicy(find({ ...params, service: name }).policy);
    },
  );

  function find({ project, location, service: name }: ServiceParams): Service {
    requireProject(context, project);
    requireLocation(context, location);
    const service = world.services.get(name);
    if (service !== undefined && isDeployed(world, service)) return service;
    throw notFound(
      `Resource '${name}' of kind 'SERVICE' in region '${location}' in project '${project}'`,
    );
  }

  function show(service: Service): object {
    const { projectId } = world.project;
    const name = `projects/${projectId}/locations/${world.region}/services/${service.name}`;
    return {
      name,
      uid: `00000000-0000-4000-8000-${Buffer.from(service.name).toString('hex').slice(-12).padStart(12, '0')}`,
      generation: '1',
      createTime: service.createTime,
      updateTime: service.createTime,
      creator: 'sandbox@example.com',
      lastModifier: 'sandbox@example.com',
      ingress: 'INGRESS_TRAFFIC_ALL',
      launchStage: 'GA',
      template: {
        serviceAccount: service.account.email,
        timeout: '1800s',
        scaling: { maxInstanceCount: 1 },
        containers: [
          {
            image: `${world.region}-docker.pkg.dev/${projectId}/images/${service.name}:latest`,
            env: Object.entries(environmentOf(world, service)).map(([key, value]) => ({
              name: key,
              value,
            })),
            resources: { limits: { cpu: '1', memory: '1Gi' } },
            ports: [{ name: 'http1', containerPort: 8000 }],
          },
        ],
      },
      traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }],
      observedGeneration: '1',
      terminalCondition: { type: 'Ready', state: 'CONDITION_SUCCEEDED' },
      conditions: [{ type: 'RoutesReady', state: 'CONDITION_SUCCEEDED' }],
      latestReadyRevision: `${name}/revisions/${service.name}-00001-abc`,
      latestCreatedRevision: `${name}/revisions/${service.name}-00001-abc`,
      uri: service.urls[0],
      urls: service.urls,
      etag: '"sandbox"',
    };
  }
}

/** The container's variables; a worker in web mode has those of its stage's web service. */
export function environmentOf(world: World, service: Service): Readonly<Record<string, string>> {
  const { services } = world.seed;
  const web = services.find(({ role, stage }) => role === 'web' && stage === service.stage);
  return (inWebMode(world, service) ? web?.env : service.env) ?? {};
}
