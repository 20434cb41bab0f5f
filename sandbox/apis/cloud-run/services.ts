import { inWebMode, isDeployed } from '../../faults/faults';
import { notFound } from '../../protocol/errors';
import type { Service, ServiceSpec } from '../../world/service';
import type { World } from '../../world/world';
import type { Context } from '../context';

export interface ServiceParams {
  project: string;
  location: string;
  service: string;
}

/** @throws ApiError NOT_FOUND */
export function findService(
  context: Context,
  { project, location, service: name }: ServiceParams,
): Service {
  const service = context.world.services.get(name);
  if (service !== undefined && isDeployed(context.world, service)) return service;
  throw notFound(
    `Resource '${name}' of kind 'SERVICE' in region '${location}' in project '${project}'`,
  );
}

export function showService(world: World, service: Service): object {
  const { projectId } = world.project;
  const name = `projects/${projectId}/locations/${world.region}/services/${service.name}`;
  const { template, ...spec } = service.spec ?? {};
  const revision = `${name}/revisions/${service.name}-${String(service.generation).padStart(5, '0')}-abc`;
  return {
    ingress: 'INGRESS_TRAFFIC_ALL',
    launchStage: 'GA',
    traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }],
    ...spec,
    name,
    uid: `00000000-0000-4000-8000-${Buffer.from(service.name).toString('hex').slice(-12).padStart(12, '0')}`,
    generation: String(service.generation),
    createTime: service.createTime,
    updateTime: service.updateTime,
    creator: 'sandbox@example.com',
    lastModifier: 'sandbox@example.com',
    template: template === undefined ? templateOf(world, service) : withDefaults(service, template),
    observedGeneration: String(service.generation),
    terminalCondition: { type: 'Ready', state: 'CONDITION_SUCCEEDED' },
    conditions: [{ type: 'RoutesReady', state: 'CONDITION_SUCCEEDED' }],
    latestReadyRevision: revision,
    latestCreatedRevision: revision,
    uri: service.urls[0],
    urls: service.urls,
    etag: `"sandbox-${service.generation}"`,
  };
}

/** The template of a service that the seed has deployed. */
function templateOf(world: World, service: Service): object {
  const { projectId } = world.project;
  return {
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
  };
}

/** Google fills in what a template lacks. Source: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
function withDefaults(
  service: Service,
  { containers, ...template }: ServiceSpec['template'],
): object {
  return {
    timeout: '300s',
    maxInstanceRequestConcurrency: 80,
    scaling: { maxInstanceCount: 100 },
    ...template,
    serviceAccount: service.account.email,
    containers: containers.map((container) => ({
      resources: {
        limits: { cpu: '1000m', memory: '512Mi' },
        cpuIdle: true,
        startupCpuBoost: true,
      },
      ...(containers.length === 1 && { ports: [{ name: 'http1', containerPort: 8080 }] }),
      ...container,
    })),
  };
}
/** The container's variables; a worker in web mode has those of its stage's web service. */
function environmentOf(world: World, service: Service): Readonly<Record<string, string>> {
  const { services } = world.seed;
  const web = services.find(({ role, stage }) => role === 'web' && stage === service.stage);
  return (inWebMode(world, service) ? web?.env : service.env) ?? {};
}
