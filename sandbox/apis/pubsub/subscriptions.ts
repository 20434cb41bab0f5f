import type { FastifyInstance } from 'fastify';
import { invalidArgument, notFound } from '../../protocol/errors';
import { readMessage, type FieldType, type Message } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import type { MaskQuery } from '../../protocol/update-mask';
import { splitVerb } from '../../protocol/verbs';
import type { Subscription } from '../../world/pubsub';
import { find, nameOf, requireAccount, type Context } from '../context';
import { storedPolicyMethod } from '../iam-policy';
import { checkEmulated, exists, update, type Kind } from './resources';

interface SubscriptionParams {
  subscription: string;
}

const NOT_EMULATED = {
  bigqueryConfig: 'anything',
  cloudStorageConfig: 'anything',
  filter: 'string',
  deadLetterPolicy: 'anything',
  messageTransforms: 'anything',
} as const;

const PUSH_CONFIG: FieldType = {
  message: {
    pushEndpoint: 'string',
    attributes: 'string map',
    oidcToken: { message: { serviceAccountEmail: 'string', audience: 'string' } },
    // How messages are pushed anyway.
    pubsubWrapper: { message: {} },
    noWrapper: 'anything',
  },
};

/** Source: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
const KIND: Kind = {
  title: 'Subscription',
  fields: {
    name: 'string',
    topic: 'string',
    pushConfig: PUSH_CONFIG,
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
    state: 'output',
    ...NOT_EMULATED,
  },
  immutable: ['name', 'topic', 'filter', 'enableMessageOrdering', 'tags'],
  notEmulated: Object.keys(NOT_EMULATED),
};

/** Source: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
const DEFAULTS = {
  messageRetentionDuration: '604800s',
  expirationPolicy: { ttl: '2678400s' },
  state: 'ACTIVE',
};
const DEFAULT_ACK_DEADLINE = 10;

const VERBS = ['modifyPushConfig', 'setIamPolicy', 'testIamPermissions'] as const;

/** Subscriptions. Those that push get messages; others are stored, and cannot be pulled. */
export function subscriptions(app: FastifyInstance, context: Context): void {
  const { topics, subscriptions: all, policies } = context.world;
  const path = '/v1/projects/:project/subscriptions';

  app.get<{ Querystring: ListQuery }>(path, ({ query }) =>
    page('subscriptions', sortedEntries(all), query),
  );

  app.put<{ Params: SubscriptionParams }>(`${path}/:subscription`, ({ params, body }) => {
    const name = nameOf(context, 'subscriptions', params.subscription);
    if (all.has(name)) throw exists(name);
    const given = readMessage(KIND.fields, body, 'subscription');
    const topic = typeof given.topic === 'string' ? given.topic : '';
    find(topics, topic, 'Resource');
    return store({ ...given, name, topic });
  });

  app.get<{ Params: SubscriptionParams }>(`${path}/:subscription`, ({ params }) => {
    const [id, verb] = splitVerb(params.subscription, ['getIamPolicy']);
    const subscription = requireSubscription(id);
    return verb === undefined ? subscription : storedPolicyMethod(context, subscription.name, verb);
  });

  app.patch<{ Params: SubscriptionParams; Querystring: MaskQuery }>(
    `${path}/:subscription`,
    ({ params, body, query }) => {
      const subscription = requireSubscription(params.subscription);
      const { name, topic } = subscription;
      return store({ ...update(KIND, subscription, body, query), name, topic });
    },
  );

  app.post<{ Params: SubscriptionParams }>(`${path}/:subscription`, ({ params, body }) => {
    const [id, verb] = splitVerb(params.subscription, VERBS);
    if (verb === undefined) throw notFound('The method');
    const subscription = requireSubscription(id);
    if (verb !== 'modifyPushConfig') {
      return storedPolicyMethod(context, subscription.name, verb, body);
    }
    const { pushConfig = {} } = readMessage({ pushConfig: PUSH_CONFIG }, body, 'request');
    store({ ...subscription, pushConfig });
    return {};
  });

  app.delete<{ Params: SubscriptionParams }>(`${path}/:subscription`, ({ params }) => {
    const { name } = requireSubscription(params.subscription);
    all.delete(name);
    policies.delete(name);
    return {};
  });

  function store(given: Message & Pick<Subscription, 'name' | 'topic'>): Subscription {
    checkEmulated(KIND, given);
    const subscription: Subscription = {
      ...DEFAULTS,
      ...given,
      ackDeadlineSeconds: readAckDeadline(given.ackDeadlineSeconds),
      pushConfig: completePushConfig(given.pushConfig as Message | undefined),
    };
    all.set(subscription.name, subscription);
    return subscription;
  }

  function completePushConfig(given: Message = {}): Subscription['pushConfig'] {
    const { pushEndpoint, oidcToken, noWrapper } = given as Partial<Subscription['pushConfig']> &
      Message;
    if (noWrapper !== undefined) {
      throw invalidArgument('The sandbox does not emulate pushConfig.noWrapper.');
    }
    if (pushEndpoint && !URL.canParse(pushEndpoint)) {
      throw invalidArgument('pushConfig.pushEndpoint must be an http URL on this machine.');
    }
    if (oidcToken !== undefined) requireAccount(context, oidcToken.serviceAccountEmail);
    return given;
  }

  function requireSubscription(id: string): Subscription {
    return find(all, nameOf(context, 'subscriptions', id), 'Resource');
  }
}

/** 0 stands for the default. Source: `ackDeadlineSeconds` of the reference above. */
function readAckDeadline(given: unknown): number {
  const seconds = Number(given ?? 0);
  if (seconds === 0) return DEFAULT_ACK_DEADLINE;
  if (seconds >= 10 && seconds <= 600) return seconds;
  throw invalidArgument(
    `Invalid ack deadline given (ack_deadline=${seconds}). The ack deadline must be between 10 and 600 seconds.`,
  );
}
