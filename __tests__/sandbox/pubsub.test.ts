import { ACCOUNT, PARENT, PROJECT, useClient, type Answered } from './client';
import { listen, type Listener } from './listener';

const client = useClient();

const TOPIC = `projects/${PROJECT}/topics/ticks`;
const SUBSCRIPTION = `projects/${PROJECT}/subscriptions/ticks-to-worker`;
const pushConfig = { pushEndpoint: 'http://127.0.0.1:9/' };

beforeEach(async () => {
  await client.call('PUT', `/v1/${TOPIC}`, { labels: { team: 'a' } });
  await subscribe(SUBSCRIPTION, { labels: { team: 'a' } });
});

const subscribe = (name: string, more: object): Promise<Answered> =>
  client.call('PUT', `/v1/${name}`, { topic: TOPIC, pushConfig, ...more });

const read = async (name: string): Promise<object> =>
  (await client.call('GET', `/v1/${name}`)).body;

/** The status and message of an error. */
async function errorOf(call: Promise<Answered>): Promise<[status: number, message: string]> {
  const { status, body } = await call;
  return [status, body.error.message];
}

describe('a subscription', () => {
  it('has the defaults of Google', async () => {
    expect(await read(SUBSCRIPTION)).toEqual({
      name: SUBSCRIPTION,
      topic: TOPIC,
      pushConfig,
      ackDeadlineSeconds: 10,
      messageRetentionDuration: '604800s',
      expirationPolicy: { ttl: '2678400s' },
      state: 'ACTIVE',
      labels: { team: 'a' },
    });
  });

  it('rejects what the sandbox would have to ignore', async () => {
    const other = `projects/${PROJECT}/subscriptions/other`;
    expect((await subscribe(other, { deadLetterPolicy: null })).status).toBe(200);
    const filtered = subscribe(`${other}-2`, { filter: 'attributes.a="b"' });
    expect(await errorOf(filtered)).toEqual([400, 'The sandbox does not emulate filter.']);
  });

  // Source: `ackDeadlineSeconds` of https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions
  it('takes an ack deadline of 10 to 600 seconds; 0 is the default', async () => {
    const other = `projects/${PROJECT}/subscriptions/other`;
    expect(await errorOf(subscribe(other, { ackDeadlineSeconds: 9 }))).toEqual([
      400,
      'Invalid ack deadline given (ack_deadline=9). The ack deadline must be between 10 and 600 seconds.',
    ]);
    const { body } = await subscribe(other, { ackDeadlineSeconds: 0 });
    expect(body).toMatchObject({ ackDeadlineSeconds: 10 });
  });

  it('loses its topic when that is deleted, also if one of the same name is created', async () => {
    await client.call('DELETE', `/v1/${TOPIC}`);
    await client.call('PUT', `/v1/${TOPIC}`, {});
    expect(await read(SUBSCRIPTION)).toMatchObject({ topic: '_deleted-topic_' });
  });
});

describe('an update', () => {
  const patch = (name: string, body: object, query = ''): Promise<Answered> =>
    client.call('PATCH', `/v1/${name}${query}`, body);

  it('changes the fields of the mask, and ignores the others, also immutable ones', async () => {
    const subscription = { labels: { team: 'b' }, ackDeadlineSeconds: 20, topic: 'another' };
    const before = await read(SUBSCRIPTION);
    const { body } = await patch(SUBSCRIPTION, { subscription, updateMask: 'labels' });
    expect(body).toEqual({ ...before, labels: { team: 'b' } });
    expect(await read(SUBSCRIPTION)).toEqual(body);
  });

  it('resets a field that only the mask names', async () => {
    const updateMask = 'labels,ackDeadlineSeconds';
    await patch(SUBSCRIPTION, { subscription: { ackDeadlineSeconds: 60 }, updateMask });
    const changed = await read(SUBSCRIPTION);
    expect(changed).toMatchObject({ ackDeadlineSeconds: 60 });
    expect(changed).not.toHaveProperty('labels');
    const { body } = await patch(SUBSCRIPTION, { subscription: {}, updateMask });
    expect(body).toMatchObject({ ackDeadlineSeconds: 10 });
  });

  it('takes the mask from the query, as the google provider sends it', async () => {
    const topic = { labels: { team: 'b' }, messageRetentionDuration: '600s' };
    await patch(TOPIC, { topic }, '?alt=json&updateMask=messageRetentionDuration,labels');
    expect(await read(TOPIC)).toEqual({ name: TOPIC, ...topic });
  });

  // Source: calls of the live API in https://github.com/floci-io/floci-gcp/pull/112
  it.each([
    [SUBSCRIPTION, 'topic', "the 'topic' field in the Subscription is not mutable."],
    [SUBSCRIPTION, 'labels,filter', "the 'filter' field in the Subscription is not mutable."],
    [
      SUBSCRIPTION,
      'enableMessageOrdering',
      "the 'enable_message_ordering' field in the Subscription is not mutable.",
    ],
    [SUBSCRIPTION, 'pushEndpoint', "'push_endpoint' is not a known Subscription field."],
    [TOPIC, 'name', "the 'name' field in the Topic is not mutable."],
    [TOPIC, '*', "'*' is not a known Topic field."],
  ])('of %s rejects the mask %s and changes nothing', async (name, updateMask, why) => {
    const [kind, resource] = name === TOPIC ? ['Topic', 'topic'] : ['Subscription', 'subscription'];
    const before = await read(name);
    const body = { [resource]: { labels: { team: 'b' } }, updateMask };
    expect(await errorOf(patch(name, body))).toEqual([
      400,
      `Invalid update_mask provided in the Update${kind}Request: ${why}`,
    ]);
    expect(await read(name)).toEqual(before);
  });

  it('rejects a call without a mask', async () => {
    expect(await errorOf(patch(TOPIC, { topic: { labels: {} } }))).toEqual([
      400,
      'The update_mask in the UpdateTopicRequest must be set, and must contain a non-empty paths list.',
    ]);
  });

  it('rejects a mask that is given twice', async () => {
    expect(await errorOf(patch(TOPIC, {}, '?updateMask=labels&updateMask=name'))).toEqual([
      400,
      "Invalid value at 'update_mask': must be given only once.",
    ]);
  });

  it('rejects a value that the creation rejects', async () => {
    const subscription = { pushConfig: { pushEndpoint: 'worker' } };
    expect(await errorOf(patch(SUBSCRIPTION, { subscription, updateMask: 'pushConfig' }))).toEqual([
      400,
      'pushConfig.pushEndpoint must be an http URL on this machine.',
    ]);
    const topic = { schemaSettings: { schema: 's' } };
    expect(await errorOf(patch(TOPIC, { topic, updateMask: 'schemaSettings' }))).toEqual([
      400,
      'The sandbox does not emulate schemaSettings.',
    ]);
  });

  it('of a missing subscription is a 404', async () => {
    const missing = `projects/${PROJECT}/subscriptions/missing`;
    expect(await errorOf(patch(missing, { updateMask: 'labels' }))).toEqual([
      404,
      `Resource ${missing} was not found.`,
    ]);
  });
});

describe('a push', () => {
  let server: Listener;
  beforeEach(async () => {
    server = await listen();
  });
  afterEach(() => {
    server.close();
  });

  /** Runs a job that publishes to the topic, until the message is pushed. */
  async function publish(): Promise<void> {
    const jobs = `/v1/${PARENT}/jobs`;
    const pubsubTarget = { topicName: TOPIC, data: 'dGVzdA==' };
    const job = { name: `${PARENT}/jobs/tick`, schedule: '0 2 * * *', pubsubTarget };
    await client.call('POST', jobs, job);
    await client.call('POST', `${jobs}/tick:run`, {});
    await client.sandbox.context.clock.advance(1);
  }

  const modify = (given: object): Promise<Answered> =>
    client.call('POST', `/v1/${SUBSCRIPTION}:modifyPushConfig`, { pushConfig: given });

  it('goes to the new endpoint after modifyPushConfig, without a token', async () => {
    const { status, body } = await modify({ pushEndpoint: `${server.url}/new` });
    expect([status, body]).toEqual([200, {}]);
    await publish();
    expect(server.requests.map(({ url }) => url)).toEqual(['/new']);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  // Source: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
  it.each<[string, object, () => string]>([
    ['for an audience', { audience: 'reports' }, () => 'reports'],
    ['for its endpoint by default', {}, () => `${server.url}/push`],
  ])('has a token of an account %s', async (_what, more, audience) => {
    const oidcToken = { serviceAccountEmail: ACCOUNT, ...more };
    await modify({ pushEndpoint: `${server.url}/push`, oidcToken });
    expect(await read(SUBSCRIPTION)).toMatchObject({ pushConfig: { oidcToken } });
    await publish();
    const token = server.requests[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    expect(await client.sandbox.tokens.verify(token, [audience()])).toEqual({
      kind: 'valid',
      email: ACCOUNT,
    });
  });

  it('does not happen while the account is disabled', async () => {
    const oidcToken = { serviceAccountEmail: ACCOUNT };
    await modify({ pushEndpoint: server.url, oidcToken });
    await client.call('POST', `/v1/projects/-/serviceAccounts/${ACCOUNT}:disable`, {});
    await publish();
    expect(server.requests).toEqual([]);
  });

  it('does not happen without an endpoint: messages would be pulled', async () => {
    await modify({ pushEndpoint: server.url });
    await modify({});
    expect(await read(SUBSCRIPTION)).toMatchObject({ pushConfig: {} });
    await publish();
    expect(server.requests).toEqual([]);
  });

  it('rejects an account that does not exist, and messages without a wrapper', async () => {
    const serviceAccountEmail = `missing@${PROJECT}.iam.gserviceaccount.com`;
    const unknown = modify({ pushEndpoint: server.url, oidcToken: { serviceAccountEmail } });
    expect(await errorOf(unknown)).toEqual([
      403,
      'The principal (user or service account) lacks IAM permission "iam.serviceAccounts.actAs" for the ' +
        `resource "${serviceAccountEmail}" (or the resource may not exist).`,
    ]);
    expect(await errorOf(modify({ pushEndpoint: server.url, noWrapper: {} }))).toEqual([
      400,
      'The sandbox does not emulate pushConfig.noWrapper.',
    ]);
  });
});

describe('an IAM policy', () => {
  const bindings = [{ role: 'roles/pubsub.publisher', members: ['user:a@example.com'] }];

  it.each([TOPIC, SUBSCRIPTION])('of %s is stored until that is deleted', async (name) => {
    expect(await read(`${name}:getIamPolicy`)).not.toHaveProperty('bindings');
    const { body } = await client.call('POST', `/v1/${name}:setIamPolicy`, {
      policy: { bindings },
    });
    expect(body).toMatchObject({ bindings });
    expect(await read(`${name}:getIamPolicy`)).toEqual(body);
    const permissions = ['pubsub.topics.publish'];
    const test = await client.call('POST', `/v1/${name}:testIamPermissions`, { permissions });
    expect(test.body).toEqual({ permissions });
    await client.call('DELETE', `/v1/${name}`);
    expect(await errorOf(client.call('GET', `/v1/${name}:getIamPolicy`))).toEqual([
      404,
      `Resource ${name} was not found.`,
    ]);
    await (name === TOPIC ? client.call('PUT', `/v1/${name}`, {}) : subscribe(name, {}));
    expect(await read(`${name}:getIamPolicy`)).not.toHaveProperty('bindings');
  });
});
