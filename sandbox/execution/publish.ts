import type { AttemptResult } from '../scheduler/scheduler';
import type { Clock } from '../scheduler/clock';
import type { Tokens } from '../tokens/tokens';
import type { PubsubTarget } from '../world/job';
import type { Subscription } from '../world/pubsub';
import type { World } from '../world/world';
import { callHttp } from './http-call';

export interface PublishParts {
  readonly world: World;
  readonly clock: Clock;
  readonly tokens: Tokens;
}

/**
 * Publishes a job's message: each push subscription of the topic gets it, in Pub/Sub's JSON form. The
 * attempt has succeeded when the topic has the message, whatever its subscribers respond.
 *
 * Source: https://cloud.google.com/pubsub/docs/push#receive_push
 */
export async function publish(
  { topicName, data, attributes }: PubsubTarget,
  parts: PublishParts,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { world, clock } = parts;
  if (!world.topics.has(topicName)) return { kind: 'answered', status: 404 };
  world.lastId += 1;
  const message = {
    ...(data !== undefined && { data }),
    ...(attributes && { attributes }),
    messageId: String(world.lastId),
    publishTime: new Date(clock.now()).toISOString(),
  };
  const subscriptions = [...world.subscriptions.values()].filter(
    ({ topic }) => topic === topicName,
  );
  await Promise.all(subscriptions.map((each) => push(each, message, parts, signal)));
  return { kind: 'answered', status: 200 };
}

/** Pushes a message, if there is an endpoint, and the account of the token, if there is one, can have a token. */
async function push(
  { name, pushConfig }: Subscription,
  message: object,
  { world, tokens }: PublishParts,
  signal: AbortSignal,
): Promise<void> {
  const { pushEndpoint, oidcToken } = pushConfig;
  if (!pushEndpoint) return;
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (oidcToken !== undefined) {
    const account = world.accounts.get(oidcToken.serviceAccountEmail);
    if (account === undefined || account.disabled) return;
    const token = await tokens.sign(account, oidcToken.audience ?? pushEndpoint);
    headers.Authorization = `Bearer ${token}`;
  }
  const body = Buffer.from(JSON.stringify({ message, subscription: name }));
  await callHttp(new URL(pushEndpoint), { method: 'POST', headers, body }, signal);
}
