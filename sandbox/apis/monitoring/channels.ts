import type { FastifyInstance } from 'fastify';
import { find, nameOf, timestamp, type Context } from '../context';
import { ApiError, invalidArgument } from '../../protocol/errors';
import { readMessage, type Fields, type Message } from '../../protocol/fields';
import { sortedEntries } from '../../protocol/paging';
import { applyPatch, type MaskQuery } from '../../protocol/update-mask';
import { listPage, type FilteredQuery } from './list';
import type { NotificationChannel } from '../../world/alert-policy';
import { newId } from '../../world/world';

interface ChannelParams {
  channel: string;
}

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

  app.get<{ Querystring: FilteredQuery }>(channels, ({ query }) => {
    const all = sortedEntries(world.notificationChannels);
    return listPage('notificationChannels', CHANNEL, all, query);
  });

  app.post(channels, ({ body }) => {
    const name = nameOf(context, 'notificationChannels', newId(world));
    const record = { mutateTime: timestamp(clock) };
    return store(name, {
      ...readMessage(CHANNEL, body, 'notification_channel'),
      creationRecord: record,
      mutationRecords: [record],
    });
  });

  app.get<{ Params: ChannelParams }>(`${channels}/:channel`, ({ params }) =>
    requireChannel(params.channel),
  );

  app.patch<{ Params: ChannelParams; Querystring: MaskQuery }>(
    `${channels}/:channel`,
    ({ params, query, body }) => {
      const channel = requireChannel(params.channel);
      const patch = readMessage(CHANNEL, body, 'notification_channel');
      const { name, mutationRecords = [] } = channel;
      return store(name, {
        ...applyPatch(CHANNEL, channel, patch, query.updateMask),
        mutationRecords: [{ mutateTime: timestamp(clock) }, ...mutationRecords],
      });
    },
  );

  app.delete<{ Params: ChannelParams; Querystring: { force?: string } }>(
    `${channels}/:channel`,
    ({ params, query }) => {
      const { name } = requireChannel(params.channel);
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

  function store(name: string, given: Message): NotificationChannel {
    const channel: NotificationChannel = { enabled: true, ...given, name };
    if (typeof channel.type !== 'string' || channel.type === '') {
      throw invalidArgument('Field notification_channel.type must be set.');
    }
    world.notificationChannels.set(name, channel);
    return channel;
  }

  function requireChannel(id: string): NotificationChannel {
    return find(
      world.notificationChannels,
      nameOf(context, 'notificationChannels', id),
      'Notification channel',
    );
  }
}
