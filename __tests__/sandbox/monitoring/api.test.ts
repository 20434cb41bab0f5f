import { PROJECT, useClient } from '../client';

const POLICIES = `/v3/projects/${PROJECT}/alertPolicies`;
const METRICS = `/v2/projects/${PROJECT}/metrics`;
const CHANNELS = `/v3/projects/${PROJECT}/notificationChannels`;

const LOG_MATCH = {
  displayName: 'failed',
  conditionMatchedLog: { filter: 'severity>=ERROR' },
};
const PROMQL = {
  displayName: 'missed',
  conditionPrometheusQueryLanguage: {
    query: 'increase(logging_googleapis_com:user_runs[60s]) > 0',
    evaluationInterval: '60s',
  },
};
const RATE_LIMIT = { notificationRateLimit: { period: '300s' } };

const client = useClient();

async function create(policy: object): Promise<{ status: number; message?: string; name: string }> {
  const { status, body } = await client.call('POST', POLICIES, {
    displayName: 'policy',
    combiner: 'OR',
    ...policy,
  });
  const { error, name = '' } = body as { error?: { message: string }; name?: string };
  return { status, name, ...(error && { message: error.message }) };
}

describe('a policy over the log', () => {
  it('requires a notification rate limit, and must be the only condition', async () => {
    expect(await create({ conditions: [LOG_MATCH], alertStrategy: RATE_LIMIT })).toMatchObject({
      status: 200,
    });
    expect(await create({ conditions: [LOG_MATCH] })).toMatchObject({
      status: 400,
      message:
        'Field alert_strategy.notification_rate_limit must be set for log-based alert policies.',
    });
    const two = { conditions: [LOG_MATCH, LOG_MATCH], alertStrategy: RATE_LIMIT };
    expect(await create(two)).toMatchObject({
      status: 400,
      message:
        'Field conditions: a condition_matched_log must be the only condition of its policy.',
    });
  });

  it('is rejected if the sandbox cannot evaluate it', async () => {
    const filter = { ...LOG_MATCH, conditionMatchedLog: { filter: 'severity >=' } };
    expect(await create({ conditions: [filter], alertStrategy: RATE_LIMIT })).toMatchObject({
      status: 400,
      message: expect.stringContaining('Unparseable filter') as string,
    });
  });
});

describe('a policy over a metric', () => {
  const exists = { ...PROMQL.conditionPrometheusQueryLanguage, disableMetricValidation: true };

  it('must not have a notification rate limit', async () => {
    const conditions = [{ ...PROMQL, conditionPrometheusQueryLanguage: exists }];
    expect(await create({ conditions, alertStrategy: RATE_LIMIT })).toMatchObject({
      status: 400,
      message:
        'Field alert_strategy.notification_rate_limit is only supported for log-based alert policies.',
    });
  });

  it('may use a metric that does not exist if PromQL validation is disabled', async () => {
    const conditions = [{ ...PROMQL, conditionPrometheusQueryLanguage: exists }];
    expect(await create({ conditions })).toMatchObject({ status: 200 });
  });

  it.each([
    ['PromQL', PROMQL],
    [
      'threshold',
      {
        displayName: 'c',
        conditionThreshold: { filter: 'metric.type = "logging.googleapis.com/user/runs"' },
      },
    ],
    [
      'absence',
      {
        displayName: 'c',
        conditionAbsent: {
          filter: 'metric.type = "logging.googleapis.com/user/runs"',
          duration: '600s',
        },
      },
    ],
  ])('can use a metric ten minutes after its creation: %s', async (_kind, condition) => {
    const missing = {
      status: 404,
      message:
        'Cannot find metric(s) that match type = "logging.googleapis.com/user/runs". If a metric ' +
        'was created recently, it could take up to 10 minutes to become available. Please try ' +
        'again soon.',
    };
    expect(await create({ conditions: [condition] })).toMatchObject(missing);
    await client.call('POST', METRICS, { name: 'runs', filter: 'severity<ERROR' });
    await client.call('POST', '/_sandbox/advance', { seconds: 590 });
    expect(await create({ conditions: [condition] })).toMatchObject(missing);
    await client.call('POST', '/_sandbox/advance', { seconds: 11 });
    expect(await create({ conditions: [condition] })).toMatchObject({ status: 200 });
  });

  it('accepts an absence of at most 23 hours and 30 minutes', async () => {
    const conditionAbsent = { filter: '', duration: '84600s' };
    expect(await create({ conditions: [{ displayName: 'c', conditionAbsent }] })).toMatchObject({
      status: 200,
    });
    const longer = { ...conditionAbsent, duration: '84601s' };
    expect(
      await create({ conditions: [{ displayName: 'c', conditionAbsent: longer }] }),
    ).toMatchObject({
      status: 400,
      message:
        'Field conditions[0].condition_absent.duration must be at most 84600s (23 hours 30 minutes).',
    });
  });

  it('requires an interval that is a multiple of 30 seconds', async () => {
    const odd = { ...exists, evaluationInterval: '45s' };
    const conditions = [{ ...PROMQL, conditionPrometheusQueryLanguage: odd }];
    expect(await create({ conditions })).toMatchObject({
      status: 400,
      message: 'Field evaluation_interval must be a positive multiple of 30 seconds or missing.',
    });
  });
});

it('gets, lists, patches and deletes a policy', async () => {
  const { name } = await create({ conditions: [LOG_MATCH], alertStrategy: RATE_LIMIT });
  const patched = await client.call('PATCH', `/v3/${name}?updateMask=displayName`, {
    displayName: 'renamed',
    combiner: 'AND',
  });
  expect(patched.body).toMatchObject({ name, displayName: 'renamed', combiner: 'OR' });
  const bad = await client.call('PATCH', `/v3/${name}?updateMask=alertStrategy`, {});
  expect(bad.status).toBe(400);
  expect((await client.call('GET', `/v3/${name}`)).body).toEqual(patched.body);
  expect((await client.call('GET', POLICIES)).body).toEqual({ alertPolicies: [patched.body] });
  expect((await client.call('DELETE', `/v3/${name}`)).status).toBe(200);
  expect((await client.call('GET', `/v3/${name}`)).status).toBe(404);
});

it('does not delete a channel that a policy uses, unless forced', async () => {
  const unknown = `projects/${PROJECT}/notificationChannels/7`;
  const withChannel = (channel: string): object => ({
    conditions: [LOG_MATCH],
    alertStrategy: RATE_LIMIT,
    notificationChannels: [channel],
  });
  expect(await create(withChannel(unknown))).toMatchObject({ status: 404 });
  const email = { type: 'email', labels: { email_address: 'ops@example.com' } };
  const { name } = (await client.call('POST', CHANNELS, email)).body as { name: string };
  expect(await create(withChannel(name))).toMatchObject({ status: 200 });
  expect((await client.call('DELETE', `/v3/${name}`)).status).toBe(400);
  expect((await client.call('DELETE', `/v3/${name}?force=true`)).status).toBe(200);
});

it('rejects a duplicate metric, and replaces a metric as a whole', async () => {
  const metric = { name: 'runs', filter: 'severity<ERROR', description: 'Runs' };
  expect((await client.call('POST', METRICS, metric)).body).toMatchObject({
    ...metric,
    metricDescriptor: { metricKind: 'DELTA', type: 'logging.googleapis.com/user/runs' },
  });
  expect((await client.call('POST', METRICS, metric)).status).toBe(409);
  const put = { name: 'runs', filter: 'severity>=ERROR' };
  const changed = (await client.call('PUT', `${METRICS}/runs`, put)).body as object;
  expect(changed).toMatchObject(put);
  expect(changed).not.toHaveProperty('description');
  expect((await client.call('PUT', `${METRICS}/others`, put)).status).toBe(404);
  const labelled = { ...metric, name: 'labelled', labelExtractors: { a: 'EXTRACT(b)' } };
  expect((await client.call('POST', METRICS, labelled)).body).toMatchObject({
    error: { message: 'The sandbox supports only counters without labels.' },
  });
});

it('responds with 403 while the API is disabled', async () => {
  client.sandbox.world.enabledApis.delete('monitoring.googleapis.com');
  expect((await client.call('GET', POLICIES)).body).toMatchObject({
    error: { code: 403, status: 'PERMISSION_DENIED' },
  });
});
