import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { subscriptions } from './subscriptions';
import { topics } from './topics';

/**
 * Pub/Sub as far as jobs need it: topics, and subscriptions that push to a server on this machine.
 * Source: https://cloud.google.com/pubsub/docs/reference/rest
 */
export function pubsub(app: FastifyInstance, context: Context): void {
  topics(app, context);
  subscriptions(app, context);
}
