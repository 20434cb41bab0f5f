import type { AttemptResult } from '../scheduler/scheduler';
import type { PubsubTarget } from '../world/job';
import type { World } from '../world/world';
import { callHttp } from './http-call';

/**
 * Publishes a job's message: each push subscription of the topic gets it, in Pub/Sub's JSON form. The
 * attempt has succeeded when the topic has the message, whatever its subscribers respond.
 *
 * Source: https://cloud.google.com/pubsub/docs/push#receive_push
 */
export async function publish(
  { topicName, data, attributes }: PubsubTarget,
  world: World,
  now: number,
  signal: AbortSignal,
): Promise<AttemptResult> {
  if (!world.topics.has(topicName)) return { kind: 'answered', status: 404 };
  world.lastId += 1;
  const messageId = String(world.lastId);
  const message = {
    ...(data !== undefined && { data }),
    ...(attributes && { attributes }),
    messageId,
    publishTime: new Date(now).toISOString(),
  };
  const subscriptions = [...world.subscriptions.values()].filter(
    ({ topic }) => topic === topicName,
  );
  await Promise.all(
    subscriptions.map(({ name, pushConfig }) =>
      callHttp(
        new URL(pushConfig.pushEndpoint),
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: Buffer.from(JSON.stringify({ message, subscription: name })),
        },
        signal,
      ),
    ),
  );
  return { kind: 'answered', status: 200 };
}
