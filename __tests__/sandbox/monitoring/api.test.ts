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
  expect((await client.call('POST', METRICS, labelled)).status).toBe(200);
});

it('stores a metric with labels, and rejects a policy that would count in it', async () => {
  const labelled = {
    name: 'labelled',
    filter: 'severity<ERROR',
    labelExtractors: { a: 'EXTRACT(b)' },
  };
  expect((await client.call('POST', METRICS, labelled)).status).toBe(200);
  const query = 'increase(logging_googleapis_com:user_labelled[60s]) > 0';
  const { body } = await client.call('POST', POLICIES, {
    displayName: 'Labelled',
    combiner: 'OR',
    conditions: [
      {
        displayName: 'x',
        conditionPrometheusQueryLanguage: { query, disableMetricValidation: true },
      },
    ],
  });
  expect(body.error.message).toBe(
    'The sandbox counts only metrics without labels and distribution, not ' +
      'logging.googleapis.com/user/labelled.',
  );
});

// Google's metrics exist in every project; only those of a project can be too new.
it("accepts a policy over one of Google's metrics", async () => {
  const conditionThreshold = {
    filter: 'metric.type="run.googleapis.com/request_count" AND resource.type="cloud_run_revision"',
    comparison: 'COMPARISON_GT',
    thresholdValue: 5,
    duration: '60s',
  };
  const { status } = await client.call('POST', POLICIES, {
    displayName: 'Google',
    combiner: 'OR',
    conditions: [{ displayName: 'Many', conditionThreshold }],
  });
  expect(status).toBe(200);
});

/** Source: https://cloud.google.com/monitoring/api/v3/sorting-and-filtering */
describe('a list', () => {
  const names = async (query: string): Promise<unknown> => {
    const { body } = await client.call(
      'GET',
      `${CHANNELS}?${new URLSearchParams(query).toString()}`,
    );
    const { notificationChannels = [] } = body as unknown as {
      notificationChannels?: { displayName: string }[];
    };
    return notificationChannels.map(({ displayName }) => displayName);
  };

  beforeEach(async () => {
    for (const [displayName, team] of [
      ['b', 'x'],
      ['a', 'x'],
      ['c', 'y'],
    ]) {
      const labels = { email_address: 'a@example.com' };
      await client.call('POST', CHANNELS, {
        type: 'email',
        displayName,
        labels,
        userLabels: { team },
      });
    }
  });

  it.each([
    ['filter=display_name="a"', ['a']],
    ['filter=user_labels.team=\'x\' AND NOT display_name="a"', ['b']],
    ['filter=type!="email"', []],
    ['orderBy=display_name', ['a', 'b', 'c']],
    ['order_by=-user_labels.team,displayName', ['c', 'a', 'b']],
    ['filter=type="email"&orderBy=-display_name&pageSize=2', ['c', 'b']],
  ])('applies %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it.each(['filter=nothing="a"', 'filter=display_name', 'orderBy=nothing', 'orderBy=a b'])(
    'rejects %s with INVALID_ARGUMENT',
    async (query) => {
      const { body } = await client.call('GET', `${CHANNELS}?${query}`);
      expect(body.error.status).toBe('INVALID_ARGUMENT');
    },
  );
});

/** Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.snoozes */
it('stores snoozes of existing policies, which can be changed until they have ended', async () => {
  const SNOOZES = `/v3/projects/${PROJECT}/snoozes`;
  const { body: policy } = await client.call('POST', POLICIES, {
    displayName: 'p',
    combiner: 1,
    conditions: [
      { displayName: 'x', conditionThreshold: { filter: 'metric.type="run.googleapis.com/x"' } },
    ],
  });
  const at = (seconds: number) =>
    new Date(client.sandbox.context.clock.now() + seconds * 1000).toISOString();
  const snooze = {
    displayName: 'maintenance',
    criteria: { policies: [policy.name] },
    interval: { startTime: at(0), endTime: at(60) },
  };
  const { status, body } = await client.call('POST', SNOOZES, snooze);
  expect([status, body]).toEqual([200, { ...snooze, name: body.name }]);

  const path = `/v3/${body.name}?updateMask=displayName`;
  expect((await client.call('PATCH', path, { displayName: 'longer' })).body).toMatchObject({
    displayName: 'longer',
    criteria: snooze.criteria,
  });
  await client.call('POST', '/_sandbox/advance', { seconds: 61 });
  expect((await client.call('PATCH', path, { displayName: 'late' })).status).toBe(400);
  expect(
    (
      await client.call('POST', SNOOZES, {
        ...snooze,
        interval: { startTime: at(-600), endTime: at(1) },
      })
    ).status,
  ).toBe(400);
  expect(
    (await client.call('POST', SNOOZES, { ...snooze, criteria: { policies: ['none'] } })).status,
  ).toBe(404);
});

it('responds with 403 while the API is disabled', async () => {
  client.sandbox.world.enabledApis.delete('monitoring.googleapis.com');
  expect((await client.call('GET', POLICIES)).body).toMatchObject({
    error: { code: 403, status: 'PERMISSION_DENIED' },
  });
});
