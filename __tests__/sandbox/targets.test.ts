import { useClient, ACCOUNT, afterAttempt, jobBody, matching, PARENT, PROJECT } from './client';
import { startSandbox } from '../../sandbox/sandbox';
import { emptyProject } from '../../sandbox/empty-project';
import { listen, type Listener } from './listener';

const client = useClient();

const JOBS = `/v1/${PARENT}/jobs`;
const LOG = { resourceNames: [`projects/${PROJECT}`] };

let server: Listener;

beforeEach(async () => {
  server = await listen({ '/moved': '/new', '/away': 'http://localhost:9/', '/loop': '/loop' });
});
afterEach(() => {
  server.close();
});

async function runNow(changes: object): Promise<unknown> {
  const created = await client.call('POST', JOBS, jobBody(client.sandbox, 'job', changes));
  expect(created.status).toBe(200);
  await client.call('POST', `${JOBS}/job:run`, {});
  return (await afterAttempt(client, 'job')).status;
}

/** The last entry about jobs with a kind of target. */
const lastEntry = async (targetType = 'HTTP') =>
  (
    await client.call('POST', '/v2/entries:list', {
      ...LOG,
      filter: `jsonPayload.targetType=${targetType}`,
      orderBy: 'timestamp desc',
      pageSize: 1,
    })
  ).body.entries?.[0];

/** Source: `HttpTarget` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
describe('an HTTP target', () => {
  const headers = { Authorization: 'Basic abc' };

  // "authorization … If specified, an OAuth token will be generated and attached as an Authorization header"
  it('without a token keeps and sends its own Authorization header', async () => {
    expect(await runNow({ httpTarget: { uri: server.url, headers } })).toEqual({});
    expect(server.requests[0]?.headers.authorization).toBe('Basic abc');
    const { body } = await client.call('GET', `${JOBS}/job`);
    expect(body.httpTarget.headers).toMatchObject(headers);
  });

  it('with an OAuth token sends an opaque access token, which replaces that header', async () => {
    const oauthToken = { serviceAccountEmail: ACCOUNT };
    expect(await runNow({ httpTarget: { uri: server.url, headers, oauthToken } })).toEqual({});
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer ya29\./);
    const { body } = await client.call('GET', `${JOBS}/job`);
    expect(body.httpTarget).toMatchObject({
      headers: { 'User-Agent': 'Google-Cloud-Scheduler' },
      oauthToken: { scope: 'https://www.googleapis.com/auth/cloud-platform' },
    });
    expect(body.httpTarget.headers).not.toHaveProperty('Authorization');
  });

  // Seen in requests of the live API: 2023-11-03T08:27:00-07:00.
  it.each([
    ['America/Los_Angeles', /T\d\d:\d\d:\d\d-0[78]:00$/],
    ['Asia/Kolkata', /T\d\d:\d\d:\d\d\+05:30$/],
    ['UTC', /T\d\d:\d\d:\d\dZ$/],
  ])('gets the schedule time in %s, without a fraction', async (timeZone, expected) => {
    await runNow({ timeZone, httpTarget: { uri: server.url } });
    const time = String(server.requests[0]?.headers['x-cloudscheduler-scheduletime']);
    expect(time).toMatch(expected);
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
  });

  // "For a redirected request, the response returned by the redirected request is considered."
  it('follows redirects on this machine; the last response counts', async () => {
    const target = { uri: `${server.url}/moved`, body: 'eA==' };
    expect(await runNow({ httpTarget: target })).toEqual({});
    expect(server.requests.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/moved', 'x'],
      ['GET', '/new', ''],
    ]);
    expect(await lastEntry()).toMatchObject({ httpRequest: { status: 204 } });
  });

  it.each(['/away', '/loop'])('fails if %s redirects to nothing', async (path) => {
    expect(await runNow({ httpTarget: { uri: `${server.url}${path}` } })).toEqual({ code: 14 });
  });
});

// Public log entries of the live API.
it('logs a deadline as status 504 and TIMEOUT_WEB', async () => {
  const stage = 'dev';
  await client.call('POST', '/_sandbox/faults', { fault: 'worker-slow', stage, seconds: 700 });
  const policy = {
    bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }],
  };
  await client.call('POST', `/v2/${PARENT}/services/validibot-worker-dev:setIamPolicy`, { policy });
  await client.call('POST', JOBS, jobBody(client.sandbox, 'slow', {}));
  await client.call('POST', `${JOBS}/slow:run`, {});
  await client.call('POST', '/_sandbox/advance', { seconds: 200 });
  expect(await lastEntry()).toMatchObject({
    severity: 'ERROR',
    httpRequest: { status: 504 },
    jsonPayload: {
      status: 'DEADLINE_EXCEEDED',
      debugInfo: 'URL_TIMEOUT-TIMEOUT_WEB. Original HTTP response code number = 504',
    },
  });
});

/** Source: https://cloud.google.com/pubsub/docs/push#receive_push */
describe('a Pub/Sub target', () => {
  const topicName = `projects/${PROJECT}/topics/t`;
  const target = { httpTarget: undefined, pubsubTarget: { topicName, data: 'dGVzdA==' } };

  it('publishes a message, which push subscriptions on this machine get', async () => {
    await client.call('PUT', `/v1/${topicName}`, {});
    const subscription = `projects/${PROJECT}/subscriptions/s`;
    const pushConfig = { pushEndpoint: `${server.url}/push` };
    await client.call('PUT', `/v1/${subscription}`, { topic: topicName, pushConfig });

    expect(await runNow(target)).toEqual({});

    const [request] = server.requests;
    expect([request?.method, request?.url]).toEqual(['POST', '/push']);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      subscription,
      message: { data: 'dGVzdA==', messageId: matching(/^\d+$/), publishTime: matching(/Z$/) },
    });
    const entry = await lastEntry('PUB_SUB');
    expect(entry?.jsonPayload).toMatchObject({ targetType: 'PUB_SUB', pubsubTopic: topicName });
    expect(entry).not.toHaveProperty('httpRequest');
  });

  it('fails with NOT_FOUND if the topic does not exist', async () => {
    expect(await runNow(target)).toEqual({ code: 5 });
  });
});

describe('an App Engine target', () => {
  const appEngineHttpTarget = { relativeUri: '/task?a=1', appEngineRouting: { service: 'web' } };
  const target = { httpTarget: undefined, appEngineHttpTarget };

  it('calls the URL that stands for the application', async () => {
    const sandbox = await startSandbox({ seed: emptyProject(), appEngine: new URL(server.url) });
    const parent = `projects/${sandbox.projectId}/locations/${sandbox.region}`;
    const post = async (path: string, body: object): Promise<unknown> => {
      const headers = { authorization: 'Bearer x' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${sandbox.url}/v1/${parent}/jobs${path}`, init)).json();
    };
    const created = await post('', { schedule: '0 2 * * *', appEngineHttpTarget });
    expect(created).toMatchObject({
      appEngineHttpTarget: {
        httpMethod: 'POST',
        appEngineRouting: { service: 'web', host: `web.${sandbox.projectId}.appspot.com` },
      },
    });
    const { name } = created as { name: string };
    await post(name.slice(name.lastIndexOf('/')) + ':run', {});
    await sandbox.context.clock.advance(1);
    await sandbox.close();
    expect(server.requests.map(({ method, url }) => [method, url])).toEqual([
      ['POST', '/task?a=1'],
    ]);
    expect(server.requests[0]?.headers['x-cloudscheduler']).toBe('true');
  });

  it('fails without such a URL, and the log says that it is the sandbox that lacks it', async () => {
    expect(await runNow(target)).toEqual({ code: 14 });
    expect((await lastEntry('APP_ENGINE_HTTP'))?.jsonPayload?.debugInfo).toContain(
      'without an App Engine URL',
    );
  });
});

/** Source: cassettes of k8s-config-connector (EST), and `schedule` and `name` of the job reference. */
describe("the API's own grammar", () => {
  it.each([
    ['a zone in lower case', { timeZone: 'utc' }],
    ['EST', { timeZone: 'EST' }],
    ['GMT', { timeZone: 'GMT' }],
    ['an English schedule', { schedule: 'every 5 minutes' }],
    ['an English schedule with a day', { schedule: '1st monday of sep,oct 17:00' }],
  ])('stores %s as given', async (_what, changes) => {
    const { status, body } = await client.call('POST', JOBS, jobBody(client.sandbox, 'a', changes));
    expect(status).toBe(200);
    expect(body).toMatchObject(changes);
    expect(Date.parse(body.scheduleTime ?? '')).toBeGreaterThan(Date.now());
  });

  it('generates the name of a job that has none', async () => {
    const { body } = await client.call(
      'POST',
      JOBS,
      jobBody(client.sandbox, '', { name: undefined }),
    );
    expect(body.name).toMatch(new RegExp(`^${PARENT}/jobs/[a-z0-9]{20}$`));
    expect((await client.call('GET', `/v1/${body.name}`)).status).toBe(200);
  });

  it('serves v1beta1 with the same jobs', async () => {
    await client.call('POST', `/v1beta1/${PARENT}/jobs`, jobBody(client.sandbox, 'beta'));
    expect((await client.call('GET', `/v1/${PARENT}/jobs/beta`)).status).toBe(200);
    const list = await client.call('GET', `/v1beta1/${PARENT}/jobs`);
    expect(list.body.jobs).toHaveLength(1);
  });

  it('serves the CMEK configuration and the operation that changes it', async () => {
    const kmsKeyName = 'projects/p/locations/l/keyRings/r/cryptoKeys/k';
    const path = `/v1/${PARENT}/cmekConfig`;
    expect((await client.call('GET', path)).body).toEqual({ name: `${PARENT}/cmekConfig` });
    const { body } = await client.call('PATCH', `${path}?updateMask=kmsKeyName`, { kmsKeyName });
    expect((await client.call('GET', path)).body).toMatchObject({ kmsKeyName });
    expect((await client.call('GET', `/v1/${body.name}`)).body).toEqual(body);
    const operations = `/v1/${PARENT}/operations`;
    expect((await client.call('GET', operations)).body).toEqual({ operations: [body] });
    expect((await client.call('POST', `/v1/${body.name}:cancel`)).status).toBe(200);
    expect((await client.call('DELETE', `/v1/${body.name}`)).status).toBe(200);
    expect((await client.call('GET', operations)).body).toEqual({});
  });
});
