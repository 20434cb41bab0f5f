import http2 from 'node:http2';
import tls from 'node:tls';
import { sandboxVariables } from '../../sandbox/environment';
import { ACCOUNT, jobBody, PARENT, PROJECT, useClient, workerUrl } from './client';

const client = useClient();

const JOBS = `/v1/${PARENT}/jobs`;

/** Requests as Google's Python, Node and Go clients send them; seen with the versions in the slow tests. */
describe("requests of Google's REST clients", () => {
  it('may have numbers for enum values', async () => {
    const target = (httpMethod: unknown) => ({
      httpTarget: { uri: workerUrl(client.sandbox), httpMethod },
    });
    const { body } = await client.call('POST', JOBS, jobBody(client.sandbox, 'put', target(4)));
    expect(body.httpTarget.httpMethod).toBe('PUT');
    for (const wrong of [8, -1, 1.5]) {
      const { status } = await client.call(
        'POST',
        JOBS,
        jobBody(client.sandbox, 'x', target(wrong)),
      );
      expect(status).toBe(400);
    }
  });

  it('get numbers for enum values if they ask for them', async () => {
    const encoding = '$alt=json;enum-encoding=int';
    const { body } = await client.call('POST', `${JOBS}?${encoding}`, jobBody(client.sandbox, 'a'));
    expect([body.state, body.httpTarget.httpMethod]).toEqual([1, 1]);
    const list = await client.call('GET', `${JOBS}?${encoding}`);
    expect(list.body.jobs?.map(({ state }) => state)).toEqual([1]);
  });

  it.each(['pause', 'resume', 'run'])('may repeat the name in the body of :%s', async (verb) => {
    await client.call('POST', JOBS, jobBody(client.sandbox, 'a'));
    const body = { name: `${PARENT}/jobs/a` };
    expect((await client.call('POST', `${JOBS}/a:${verb}`, body)).status).toBe(200);
    expect((await client.call('POST', `${JOBS}/a:${verb}`, { nam: 'a' })).status).toBe(400);
  });

  // Google's emulators let them in; the live API and plain calls get 401.
  it('may be anonymous', async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${client.sandbox.url}${JOBS}`, { headers })).status;
    expect(await status({ 'x-goog-api-client': 'gl-python/3.11 rest/2.33' })).toBe(200);
    expect(await status({})).toBe(401);
  });
});

describe('query parameters', () => {
  it.each(['nonsense=1', 'pageSize=1&page_sizes=2', 'filter=a'])(
    "rejects %s, as Google's APIs do",
    async (query) => {
      const { body } = await client.call('GET', `${JOBS}?${query}`);
      expect(body.error.message).toMatch(
        /^Invalid JSON payload received\. Unknown name "\w+": Cannot bind query parameter\./,
      );
    },
  );

  it.each([
    'alt=json',
    '$alt=json',
    'prettyPrint=false',
    '$prettyPrint=true',
    'key=x',
    'quotaUser=me',
  ])('accepts %s everywhere', async (query) => {
    expect((await client.call('GET', `${JOBS}?${query}`)).status).toBe(200);
  });

  it('rejects another format than JSON', async () => {
    expect((await client.call('GET', `${JOBS}?alt=media`)).body.error.message).toBe(
      'The sandbox supports only alt=json.',
    );
  });

  it('may be in snake_case', async () => {
    for (const id of ['a', 'b']) await client.call('POST', JOBS, jobBody(client.sandbox, id));
    expect((await client.call('GET', `${JOBS}?page_size=1`)).body.jobs).toHaveLength(1);
    const changed = await client.call('PATCH', `${JOBS}/a?update_mask=description`, {
      description: 'new',
      schedule: '0 3 * * *',
    });
    expect([changed.body.description, changed.body.schedule]).toEqual(['new', '0 2 * * *']);
  });

  /** Source: https://cloud.google.com/storage/docs/json_api#partial-response */
  it.each([
    ['jobs(name)', { jobs: [{ name: `${PARENT}/jobs/a` }] }],
    [
      'jobs/httpTarget/httpMethod,nextPageToken',
      { jobs: [{ httpTarget: { httpMethod: 'POST' } }] },
    ],
    [
      'jobs(state,httpTarget(oidcToken/serviceAccountEmail))',
      {
        jobs: [{ state: 'ENABLED', httpTarget: { oidcToken: { serviceAccountEmail: ACCOUNT } } }],
      },
    ],
    ['nothing', {}],
  ])('fields=%s selects fields', async (fields, expected) => {
    await client.call('POST', JOBS, jobBody(client.sandbox, 'a'));
    expect((await client.call('GET', `${JOBS}?fields=${fields}`)).body).toEqual(expected);
  });

  it.each(['jobs(', 'jobs)', ',', 'jobs//name'])('rejects fields=%s', async (fields) => {
    const { status, body } = await client.call('GET', `${JOBS}?fields=${fields}`);
    expect([status, body.error.message]).toEqual([
      400,
      `Invalid field selection ${JSON.stringify(fields)}`,
    ]);
  });
});

describe('what the sandbox does not serve', () => {
  it('says so at a URL that Google may have', async () => {
    const response = await fetch(`${client.sandbox.url}/v1/${PARENT}/queues?a=b`);
    expect(await response.json()).toMatchObject({
      error: {
        code: 404,
        message: expect.stringContaining(`does not serve GET /v1/${PARENT}/queues;`) as string,
      },
    });
  });

  // gcloud repeats what gets a 5xx, and blames the network.
  it('says so at once for all calls of a service that it lacks', async () => {
    const { CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: base = '' } = sandboxVariables(client.sandbox);
    const response = await fetch(`${base}storage/v1/b?project=p`);
    expect(await response.json()).toMatchObject({
      error: {
        code: 400,
        message: expect.stringContaining(
          'does not emulate this service of Google: STORAGE;',
        ) as string,
      },
    });
  });

  it('responds to gRPC calls with UNIMPLEMENTED, instead of no response', async () => {
    const session = http2.connect(client.sandbox.url);
    const call = session.request({
      ':method': 'POST',
      ':path': '/google.cloud.scheduler.v1.CloudScheduler/ListJobs',
      'content-type': 'application/grpc',
    });
    call.end();
    const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) => {
      call.on('response', resolve);
    });
    call.resume();
    session.close();
    expect(headers).toMatchObject({ 'content-type': 'application/grpc', 'grpc-status': '12' });
    expect(headers['grpc-message']).toContain('serves REST only');
  });

  it('closes a TLS connection at once', async () => {
    const { port } = new URL(client.sandbox.url);
    const error = await new Promise<Error>((resolve) => {
      tls.connect({ host: '127.0.0.1', port: Number(port) }).on('error', resolve);
    });
    expect(error.message).toMatch(/wrong version number|packet length/i);
  });
});

/** Source: https://cloud.google.com/iam/docs/policies */
describe('IAM policies', () => {
  const SERVICE = `/v2/${PARENT}/services/validibot-worker-dev`;
  const member = `serviceAccount:${ACCOUNT}`;
  const condition = { title: 'Office hours', expression: 'request.time.getHours() < 17' };
  const set = (policy: object) => client.call('POST', `${SERVICE}:setIamPolicy`, { policy });
  const read = async () => (await client.call('GET', `${SERVICE}:getIamPolicy`)).body;
  const bindings = [{ role: 'roles/run.invoker', members: [member], condition }];

  it('keep the condition of a grant, which then grants nothing in the sandbox', async () => {
    expect((await set({ bindings, version: 3 })).body).toMatchObject({ version: 3, bindings });
    expect(await read()).toMatchObject({ version: 3, bindings });
    await client.call('POST', JOBS, jobBody(client.sandbox, 'a'));
    await client.call('POST', `${JOBS}/a:run`, {});
    await client.sandbox.context.clock.advance(1);
    expect((await client.call('GET', `${JOBS}/a`)).body.status).toEqual({ code: 7 });
  });

  it('reject a condition unless the policy says version 3', async () => {
    expect((await set({ bindings })).status).toBe(400);
    const [binding] = bindings;
    expect((await set({ version: 3, bindings: [{ ...binding, condition: {} }] })).status).toBe(400);
  });

  it('keep audit configs, also when only bindings are set', async () => {
    const auditConfigs = [
      { service: 'run.googleapis.com', auditLogConfigs: [{ logType: 'DATA_READ' }] },
    ];
    expect((await set({ auditConfigs })).body).toMatchObject({ auditConfigs });
    await set({ bindings: [{ role: 'roles/run.invoker', members: [member] }] });
    expect(await read()).toMatchObject({ auditConfigs });
    await set({ auditConfigs: [] });
    expect(await read()).not.toHaveProperty('auditConfigs');
  });
});

describe('other methods', () => {
  it.each([
    ['/v1/projects?filter=lifecycleState:ACTIVE', 1],
    ['/v1/projects?filter=id=none', 0],
    [`/v3/projects:search?query=projectId:${PROJECT}`, 1],
    ['/v3/projects:search?query=state=DELETE_REQUESTED', 0],
  ])('lists projects: %s', async (path, count) => {
    const { body } = await client.call('GET', path);
    const { projects = [] } = body as unknown as { projects?: { projectId: string }[] };
    expect(projects.map(({ projectId }) => projectId)).toEqual(count === 1 ? [PROJECT] : []);
  });

  it("reads the project's billing, which Terraform's google_project asks for", async () => {
    const { body } = await client.call('GET', `/v1/projects/${PROJECT}/billingInfo`);
    expect(body).toMatchObject({ projectId: PROJECT, billingEnabled: false });
  });

  it("names Compute Engine's default service account, which then exists", async () => {
    const { body } = await client.call('GET', `/compute/v1/projects/${PROJECT}`);
    const { defaultServiceAccount: email } = body as unknown as { defaultServiceAccount: string };
    expect(email).toMatch(/^\d+-compute@developer\.gserviceaccount\.com$/);
    const account = await client.call('GET', `/v1/projects/-/serviceAccounts/${email}`);
    expect(account.body).toMatchObject({ email });
  });

  it('writes log entries, which can be listed, and counts them in metrics', async () => {
    const entry = { severity: 400, textPayload: 'hello', labels: { a: 'b' } };
    const logName = `projects/${PROJECT}/logs/mine`;
    const entries = [entry];
    const written = await client.call('POST', '/v2/entries:write', { logName, entries });
    expect(written).toEqual({ status: 200, body: {} });
    const { body } = await client.call('POST', '/v2/entries:list', {
      resourceNames: [`projects/${PROJECT}`],
      filter: 'severity>=WARNING labels.a=b textPayload:HELL',
    });
    expect(body.entries).toMatchObject([{ logName, severity: 'WARNING', textPayload: 'hello' }]);
    expect((await client.call('POST', '/v2/entries:write', { entries })).status).toBe(400);
  });
});
