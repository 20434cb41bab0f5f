import type { FastifyInstance } from 'fastify';
import type { World } from '../../world/world';
import { find, timestamp, type Context } from '../context';
import { notFound } from '../../protocol/errors';
import { readMessage, type Message } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import { splitVerb } from '../../protocol/verbs';

interface OperationParams {
  operation: string;
}

/** Locations, their encryption key, and the long-running operations that change it. */
export function locationRoutes(app: FastifyInstance, context: Context, version: string): void {
  const { world, clock } = context;
  const locations = `/${version}/projects/:project/locations`;

  app.get(locations, () => ({ locations: [location(world)] }));

  app.get(`${locations}/:location`, () => location(world));

  if (version === 'v1') cmekRoutes();

  app.get<{ Querystring: ListQuery }>(`${locations}/:location/operations`, ({ query }) =>
    page('operations', sortedEntries(world.operations), query),
  );

  app.get<{ Params: OperationParams }>(
    `${locations}/:location/operations/:operation`,
    ({ params }) => requireOperation(params.operation),
  );

  app.delete<{ Params: OperationParams }>(
    `${locations}/:location/operations/:operation`,
    ({ params }) => {
      requireOperation(params.operation);
      world.operations.delete(operationName(params.operation));
      return {};
    },
  );

  app.post<{ Params: OperationParams }>(
    `${locations}/:location/operations/:operation`,
    ({ params }) => {
      const [operation, verb] = splitVerb(params.operation, ['cancel']);
      if (verb === undefined) throw notFound('The method');
      // They are done already, so nothing is cancelled.
      requireOperation(operation);
      return {};
    },
  );

  function cmekRoutes(): void {
    app.get(`${locations}/:location/cmekConfig`, () => cmekConfig(world));

    app.patch(`${locations}/:location/cmekConfig`, ({ body }) => {
      const given = readMessage({ name: 'string', kmsKeyName: 'string' }, body, 'cmek_config');
      world.cmekKey = typeof given.kmsKeyName === 'string' ? given.kmsKeyName : '';
      return finished(cmekConfig(world));
    });
  }

  function operationName(id: string): string {
    return `${location(world).name}/operations/${id}`;
  }

  function requireOperation(id: string): object {
    return find(world.operations, operationName(id), 'Operation');
  }

  function finished(response: Message): object {
    const { name: parent } = location(world);
    const name = operationName(`operation-${world.operations.size + 1}`);
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
