import type { FastifyInstance } from 'fastify';
import type { Subscription, Topic } from '../world/world';
import { requireProject, type Context } from './context';
import { ApiError, invalidArgument, notFound } from '../protocol/errors';
import { readMessage, type Fields, type Message } from '../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../protocol/paging';

interface TopicParams {
  project: string;
  topic: string;
}

interface SubscriptionParams {
  project: string;
  subscription: string;
}

const config = { api: 'pubsub.googleapis.com' } as const;

/** What would change which messages are pushed, and how, which the sandbox does not emulate. */
const NOT_EMULATED = {
  bigqueryConfig: 'anything',
  cloudStorageConfig: 'anything',
  filter: 'string',
  deadLetterPolicy: 'anything',
  messageTransforms: 'anything',
} as const;

const SUBSCRIPTION: Fields = {
  name: 'string',
  topic: 'string',
  pushConfig: { message: { pushEndpoint: 'string', attributes: 'string map' } },
  // Stored, without effect: a message is pushed once.
  ackDeadlineSeconds: 'int32',
  retainAckedMessages: 'bool',
  messageRetentionDuration: 'duration',
  expirationPolicy: { message: { ttl: 'duration' } },
  retryPolicy: 'anything',
  labels: 'string map',
  enableMessageOrdering: 'bool',
  enableExactlyOnceDelivery: 'bool',
  tags: 'string map',
  ...NOT_EMULATED,
};

/** Source: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
const DEFAULTS = {
  ackDeadlineSeconds: 10,
  messageRetentionDuration: '604800s',
  expirationPolicy: { ttl: '2678400s' },
  state: 'ACTIVE',
};

/**
 * Pub/Sub as far as jobs need it: topics, and subscriptions that push to a server on this machine.
 * Source: https://cloud.google.com/pubsub/docs/reference/rest
 */
export function pubsub(app: FastifyInstance, context: Context): void {
  const { topics: allTopics, subscriptions: allSubscriptions } = context.world;
  const topics = '/v1/projects/:project/topics';
  const subscriptions = '/v1/projects/:project/subscriptions';

  app.get<{ Params: TopicParams; Querystring: ListQuery }>(
    topics,
    { config },
    ({ params, query }) => {
      requireProject(context, params.project);
      return page('topics', sortedEntries(allTopics), query);
    },
  );

  app.put<{ Params: TopicParams }>(`${topics}/:topic`, { config }, ({ params, body }) => {
    const name = nameOf(params);
    if (allTopics.has(name)) throw exists(name);
    const given = readMessage({ name: 'string', labels: 'string map' }, body, 'topic');
    const topic: Topic = { ...given, name };
    allTopics.set(name, topic);
    return topic;
  });

  app.get<{ Params: TopicParams }>(`${topics}/:topic`, { config }, ({ params }) =>
    find(allTopics, nameOf(params)),
  );

  app.delete<{ Params: TopicParams }>(`${topics}/:topic`, { config }, ({ params }) => {
    allTopics.delete(find(allTopics, nameOf(params)).name);
    return {};
  });

  app.get<{ Params: SubscriptionParams; Querystring: ListQuery }>(
    subscriptions,
    { config },
    ({ params, query }) => {
      requireProject(context, params.project);
      return page('subscriptions', sortedEntries(allSubscriptions), query);
    },
  );

  app.put<{ Params: SubscriptionParams }>(
    `${subscriptions}/:subscription`,
    { config },
    ({ params, body }) => {
      const name = subscriptionName(params);
      if (allSubscriptions.has(name)) throw exists(name);
      const given = readMessage(SUBSCRIPTION, body, 'subscription');
      const [wrong] = Object.keys(NOT_EMULATED).filter((field) => given[field]);
      if (wrong !== undefined) throw invalidArgument(`The sandbox does not emulate ${wrong}.`);
      const pushConfig = given.pushConfig as Message | undefined;
      const subscription: Subscription = {
        ...DEFAULTS,
        ...given,
        name,
        topic: find(allTopics, typeof given.topic === 'string' ? given.topic : '').name,
        pushConfig: { ...pushConfig, pushEndpoint: readEndpoint(pushConfig) },
      };
      allSubscriptions.set(name, subscription);
      return subscription;
    },
  );

  app.get<{ Params: SubscriptionParams }>(
    `${subscriptions}/:subscription`,
    { config },
    ({ params }) => find(allSubscriptions, subscriptionName(params)),
  );

  app.delete<{ Params: SubscriptionParams }>(
    `${subscriptions}/:subscription`,
    { config },
    ({ params }) => {
      allSubscriptions.delete(find(allSubscriptions, subscriptionName(params)).name);
      return {};
    },
  );

  function nameOf({ project, topic }: TopicParams): string {
    requireProject(context, project);
    return `projects/${context.world.project.projectId}/topics/${topic}`;
  }

  function subscriptionName({ project, subscription }: SubscriptionParams): string {
    requireProject(context, project);
    return `projects/${context.world.project.projectId}/subscriptions/${subscription}`;
  }
}

function readEndpoint(pushConfig: Message | undefined): string {
  const endpoint = pushConfig?.pushEndpoint;
  if (typeof endpoint === 'string' && URL.canParse(endpoint)) return endpoint;
  throw invalidArgument(
    'The sandbox has only push subscriptions: pushConfig.pushEndpoint must be an http URL on this machine.',
  );
}

function find<T>(resources: ReadonlyMap<string, T>, name: string): T {
  const found = resources.get(name);
  if (found === undefined) throw notFound(`Resource ${name}`);
  return found;
}

function exists(name: string): ApiError {
  return new ApiError('ALREADY_EXISTS', `Resource already exists in the project: ${name}.`);
}
