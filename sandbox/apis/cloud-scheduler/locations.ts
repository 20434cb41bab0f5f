import type { FastifyInstance } from 'fastify';
import type { World } from '../../world/world';
import { requireLocation, requireProject, timestamp, type Context } from '../context';
import { notFound } from '../../protocol/errors';
import { readMessage, type Message } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import { splitVerb } from '../../protocol/verbs';

export interface LocationParams {
  project: string;
  location: string;
}

interface OperationParams extends LocationParams {
  operation: string;
}

const config = { api: 'cloudscheduler.googleapis.com' } as const;

/** Locations, their encryption key, and the long-running operations that change it. */
export function locationRoutes(app: FastifyInstance, context: Context, version: string): void {
  const { world, clock } = context;
  const locations = `/${version}/projects/:project/locations`;

  app.get<{ Params: { project: string } }>(locations, { config }, ({ params }) => {
    requireProject(context, params.project);
    return { locations: [location(world)] };
  });

  app.get<{ Params: LocationParams }>(`${locations}/:location`, { config }, ({ params }) => {
    requireParent(context, params);
    return location(world);
  });

  if (version === 'v1') cmekRoutes();

  app.get<{ Params: LocationParams; Querystring: ListQuery }>(
    `${locations}/:location/operations`,
    { config },
    ({ params, query }) => {
      requireParent(context, params);
      return page('operations', sortedEntries(world.operations), query);
    },
  );

  app.get<{ Params: OperationParams }>(
    `${locations}/:location/operations/:operation`,
    { config },
    ({ params }) => find(params)[1],
  );

  app.delete<{ Params: OperationParams }>(
    `${locations}/:location/operations/:operation`,
    { config },
    ({ params }) => {
      world.operations.delete(find(params)[0]);
      return {};
    },
  );

  app.post<{ Params: OperationParams }>(
    `${locations}/:location/operations/:operation`,
    { config },
    ({ params }) => {
      const [operation, verb] = splitVerb(params.operation, ['cancel']);
      if (verb === undefined) throw notFound('The method');
      // They are done already, so nothing is cancelled.
      find({ ...params, operation });
      return {};
    },
  );

  function cmekRoutes(): void {
    app.get<{ Params: LocationParams }>(
      `${locations}/:location/cmekConfig`,
      { config },
      ({ params }) => {
        requireParent(context, params);
        return cmekConfig(world);
      },
    );

    app.patch<{ Params: LocationParams }>(
      `${locations}/:location/cmekConfig`,
      { config },
      ({ params, body }) => {
        requireParent(context, params);
        const given = readMessage({ name: 'string', kmsKeyName: 'string' }, body, 'cmek_config');
        world.cmekKey = typeof given.kmsKeyName === 'string' ? given.kmsKeyName : '';
        return finished(cmekConfig(world));
      },
    );
  }

  function find({ operation, ...parent }: OperationParams): [name: string, operation: object] {
    requireParent(context, parent);
    const name = `${location(world).name}/operations/${operation}`;
    const found = world.operations.get(name);
    if (found === undefined) throw notFound(`Operation ${name}`);
    return [name, found];
  }

  function finished(response: Message): object {
    const { name: parent } = location(world);
    const name = `${parent}/operations/operation-${world.operations.size + 1}`;
    const now = timestamp(clock);
    const operation = {
      name,
      metadata: {
        '@type': `type.googleapis.com/google.cloud.scheduler.${version}.OperationMetadata`,
        createTime: now,
        endTime: now,
        target: `${parent}/cmekConfig`,
        verb: 'update',
        apiVersion: version,
      },
      done: true,
      response: {
        '@type': `type.googleapis.com/google.cloud.scheduler.${version}.CmekConfig`,
        ...response,
      },
    };
    world.operations.set(name, operation);
    return operation;
  }
}

/** @throws ApiError for any other project or location than the sandbox's */
export function requireParent(context: Context, { project, location }: LocationParams): void {
  requireProject(context, project);
  requireLocation(context, location);
}

function cmekConfig(world: World): Message {
  return {
    name: `${location(world).name}/cmekConfig`,
    ...(world.cmekKey && { kmsKeyName: world.cmekKey }),
  };
}

function location({ project, region }: World): {
  name: string;
  locationId: string;
  labels: object;
} {
  return {
    name: `projects/${project.projectId}/locations/${region}`,
    locationId: region,
    labels: { 'cloud.googleapis.com/region': region },
  };
}
