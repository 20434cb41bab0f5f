import type { FastifyInstance } from 'fastify';
import { requireProject, timestamp, type Context } from '../context';
import { ApiError, invalidArgument, notFound } from '../../protocol/errors';
import { readMessage, type Fields, type Message } from '../../protocol/fields';
import { sortedEntries } from '../../protocol/paging';
import { applyPatch, type MaskQuery } from '../../protocol/update-mask';
import { listPage, type FilteredQuery } from './list';
import { newId } from '../../world/world';

interface ChannelParams {
  project: string;
  channel: string;
}

const config = { api: 'monitoring.googleapis.com' } as const;

const CHANNEL: Fields = {
  name: 'string',
  type: 'string',
  displayName: 'string',
  description: 'string',
  labels: 'string map',
  userLabels: 'string map',
  enabled: 'bool',
  verificationStatus: 'output',
  creationRecord: 'output',
  mutationRecords: 'output',
};

/** Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels */
export function notificationChannels(app: FastifyInstance, context: Context): void {
  const { world, clock } = context;
  const channels = '/v3/projects/:project/notificationChannels';

  app.get<{ Params: ChannelParams; Querystring: FilteredQuery }>(
    channels,
    { config },
    ({ params, query }) => {
      requireProject(context, params.project);
      const all = sortedEntries(world.notificationChannels);
      return listPage('notificationChannels', CHANNEL, all, query);
    },
  );

  app.post<{ Params: ChannelParams }>(channels, { config }, ({ params, body }) => {
    requireProject(context, params.project);
    const name = `projects/${world.project.projectId}/notificationChannels/${newId(world)}`;
    const record = { mutateTime: timestamp(clock) };
    return store(name, {
      ...readMessage(CHANNEL, body, 'notification_channel'),
      creationRecord: record,
      mutationRecords: [record],
    });
  });

  app.get<{ Params: ChannelParams }>(
    `${channels}/:channel`,
    { config },
    ({ params }) => requireChannel(params).channel,
  );

  app.patch<{ Params: ChannelParams; Querystring: MaskQuery }>(
    `${channels}/:channel`,
    { config },
    ({ params, query, body }) => {
      const { name, channel } = requireChannel(params);
      const patch = readMessage(CHANNEL, body, 'notification_channel');
      const records = channel.mutationRecords as object[];
      return store(name, {
        ...applyPatch(CHANNEL, channel, patch, query.updateMask),
        mutationRecords: [{ mutateTime: timestamp(clock) }, ...records],
      });
    },
  );

  app.delete<{ Params: ChannelParams; Querystring: { force?: string } }>(
    `${channels}/:channel`,
    { config },
    ({ params, query }) => {
      const { name } = requireChannel(params);
      const user = [...world.alertPolicies.values()].find((policy) =>
        policy.notificationChannels?.includes(name),
      );
      if (user !== undefined && query.force !== 'true') {
        throw new ApiError(
          'FAILED_PRECONDITION',
          `Cannot delete notification channel ${name}, which is used by ${user.name}.`,
        );
      }
      world.notificationChannels.delete(name);
      return {};
    },
  );

  function store(name: string, given: Message): Message {
    const channel: Message = { enabled: true, ...given, name };
    if (typeof channel.type !== 'string' || channel.type === '') {
      throw invalidArgument('Field notification_channel.type must be set.');
    }
    world.notificationChannels.set(name, channel);
    return channel;
  }

  function requireChannel({ project, channel }: ChannelParams): { name: string; channel: Message } {
    requireProject(context, project);
    const name = `projects/${world.project.projectId}/notificationChannels/${channel}`;
    const found = world.notificationChannels.get(name);
    if (found === undefined) throw notFound(`Notification channel ${name}`);
    return { name, channel: found };
  }
}
