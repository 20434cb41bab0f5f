import type { FastifyInstance } from 'fastify';
import { notFound } from '../../protocol/errors';
import { readMessage, type Message } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import type { MaskQuery } from '../../protocol/update-mask';
import { splitVerb } from '../../protocol/verbs';
import type { Topic } from '../../world/pubsub';
import { find, nameOf, type Context } from '../context';
import { storedPolicyMethod } from '../iam-policy';
import { checkEmulated, exists, update, type Kind } from './resources';

interface TopicParams {
  topic: string;
}

const NOT_EMULATED = {
  schemaSettings: 'anything',
  ingestionDataSourceSettings: 'anything',
  messageTransforms: 'anything',
} as const;

const KIND: Kind = {
  title: 'Topic',
  fields: {
    name: 'string',
    labels: 'string map',
    // Stored, without effect: a message is pushed once, at its time.
    kmsKeyName: 'string',
    messageRetentionDuration: 'duration',
    messageStoragePolicy: 'anything',
    tags: 'string map',
    state: 'output',
    satisfiesPzs: 'output',
    ...NOT_EMULATED,
  },
  immutable: ['name', 'tags'],
  notEmulated: Object.keys(NOT_EMULATED),
};

/** The topic of subscriptions whose topic was deleted; a new topic of its name does not get them back. */
const DELETED_TOPIC = '_deleted-topic_';

/** Source: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics */
export function topics(app: FastifyInstance, context: Context): void {
  const { topics: all, subscriptions, policies } = context.world;
  const path = '/v1/projects/:project/topics';

  app.get<{ Querystring: ListQuery }>(path, ({ query }) =>
    page('topics', sortedEntries(all), query),
  );

  app.put<{ Params: TopicParams }>(`${path}/:topic`, ({ params, body }) => {
    const name = nameOf(context, 'topics', params.topic);
    if (all.has(name)) throw exists(name);
    return store(name, readMessage(KIND.fields, body, 'topic'));
  });

  app.get<{ Params: TopicParams }>(`${path}/:topic`, ({ params }) => {
    const [id, verb] = splitVerb(params.topic, ['getIamPolicy']);
    const topic = requireTopic(id);
    return verb === undefined ? topic : storedPolicyMethod(context, topic.name, verb);
  });

  app.post<{ Params: TopicParams }>(`${path}/:topic`, ({ params, body }) => {
    const [id, verb] = splitVerb(params.topic, ['setIamPolicy', 'testIamPermissions']);
    if (verb === undefined) throw notFound('The method');
    return storedPolicyMethod(context, requireTopic(id).name, verb, body);
  });

  app.patch<{ Params: TopicParams; Querystring: MaskQuery }>(
    `${path}/:topic`,
    ({ params, body, query }) => {
      const topic = requireTopic(params.topic);
      return store(topic.name, update(KIND, topic, body, query));
    },
  );

  app.delete<{ Params: TopicParams }>(`${path}/:topic`, ({ params }) => {
    const { name } = requireTopic(params.topic);
    all.delete(name);
    policies.delete(name);
    for (const subscription of subscriptions.values()) {
      if (subscription.topic !== name) continue;
      subscriptions.set(subscription.name, { ...subscription, topic: DELETED_TOPIC });
    }
    return {};
  });

  function store(name: string, given: Message): Topic {
    checkEmulated(KIND, given);
    const topic: Topic = { ...given, name };
    all.set(name, topic);
    return topic;
  }

  function requireTopic(id: string): Topic {
    return find(all, nameOf(context, 'topics', id), 'Resource');
  }
}
