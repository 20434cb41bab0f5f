import http from 'node:http';
import { startSandbox } from '../../sandbox/sandbox';
import { createSeed } from '../../stages/seed';
import { ACCOUNT, grantInvoker, PARENT, PROJECT, REGION, useClient, workerUrl } from './client';

const client = useClient();

const WORKER = `/v2/${PARENT}/services/validibot-worker-dev`;
const fault = (body: object) => client.call('POST', '/_sandbox/faults', body);

it('starts with the services and accounts of three stages, and no jobs', () => {
  const { world } = client.sandbox;
  expect([...world.services.keys()]).toEqual([
    'validibot-worker-dev',
    'validibot-web-dev',
    'validibot-worker-staging',
    'validibot-web-staging',
    'validibot-worker',
    'validibot-web',
  ]);
  expect([...world.accounts.keys()]).toEqual(
    ['dev', 'staging', 'prod'].map((stage) => ACCOUNT.replace('-dev@', `-${stage}@`)),
  );
  expect(world.enabledApis.has('cloudscheduler.googleapis.com')).toBe(true);
  expect(world.jobs.size).toBe(0);
});

describe('Cloud Run', () => {
  it("shows a service's URLs, account and role", async () => {
    const { status, body } = await client.call('GET', WORKER);
    const url = workerUrl(client.sandbox);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: `${PARENT}/services/validibot-worker-dev`,
      uri: url,
      urls: [url, url.replace('127.0.0.1', 'localhost')],
      terminalCondition: { type: 'Ready', state: 'CONDITION_SUCCEEDED' },
      template: {
        serviceAccount: ACCOUNT,
        containers: [
          { env: expect.arrayContaining([{ name: 'APP_ROLE', value: 'worker' }]) as unknown },
        ],
      },
    });
    await fault({ fault: 'worker-in-web-mode', stage: 'dev' });
    expect(JSON.stringify((await client.call('GET', WORKER)).body)).toContain(
      '"APP_ROLE","value":"web"',
    );
  });

  it('rejects a policy that has changed since it was read, until it is read again', async () => {
    const read = await client.call('GET', `${WORKER}:getIamPolicy`);
    await grantInvoker(client);
    const set = (policy: object) => client.call('POST', `${WORKER}:setIamPolicy`, { policy });
    const bindings = [{ role: 'roles/run.invoker', members: ['user:a@example.com'] }];

    const stale = await set({ ...read.body, bindings });
    expect([stale.status, stale.body.error.status]).toEqual([409, 'ABORTED']);

    const { body } = await client.call('GET', `${WORKER}:getIamPolicy`);
    expect((await set({ ...body, bindings })).status).toBe(200);
    expect((await client.call('GET', `${WORKER}:getIamPolicy`)).body).toMatchObject({ bindings });
  });

  it('responds with NOT_FOUND to a missing worker, and does not list it', async () => {
    await fault({ fault: 'worker-missing', stage: 'dev' });
    expect((await client.call('GET', WORKER)).status).toBe(404);
    const { body } = await client.call('GET', `/v2/${PARENT}/services`);
    expect(JSON.stringify(body)).not.toContain('validibot-worker-dev');
    await client.call('DELETE', '/_sandbox/faults');
    expect((await client.call('GET', WORKER)).status).toBe(200);
  });
});

describe('IAM, Service Usage, Resource Manager', () => {
  const accounts = `/v1/projects/${PROJECT}/serviceAccounts`;

  it('find an account by email, by number, and in an unspecified project', async () => {
    const { body } = await client.call('GET', `${accounts}/${ACCOUNT}`);
    expect(body).toMatchObject({ email: ACCOUNT, projectId: PROJECT });
    const { uniqueId } = body as unknown as { uniqueId: string };
    for (const path of [`${accounts}/${uniqueId}`, `/v1/projects/-/serviceAccounts/${ACCOUNT}`]) {
      expect((await client.call('GET', path)).body).toEqual(body);
    }
    expect((await client.call('GET', `${accounts}/none@example.com`)).status).toBe(404);
  });

  it('keep the grants of a deleted account from a new one of the same name', async () => {
    await grantInvoker(client);
    const before = client.sandbox.world.accounts.get(ACCOUNT)?.uniqueId ?? '';
    await client.call('DELETE', `${accounts}/${ACCOUNT}`);
    const [accountId] = ACCOUNT.split('@');
    const { body } = await client.call('POST', accounts, { accountId });
    expect(body).toMatchObject({ email: ACCOUNT });
    expect((body as unknown as { uniqueId: string }).uniqueId).not.toBe(before);
    expect((await client.call('GET', `${WORKER}:getIamPolicy`)).body).toMatchObject({
      bindings: [
        { role: 'roles/run.invoker', members: [`deleted:serviceAccount:${ACCOUNT}?uid=${before}`] },
      ],
    });
  });

  it('store the policy of an account until that is deleted', async () => {
    const bindings = [{ role: 'roles/iam.serviceAccountUser', members: ['user:a@example.com'] }];
    const path = `${accounts}/${ACCOUNT}`;
    const set = await client.call('POST', `${path}:setIamPolicy`, { policy: { bindings } });
    expect(set.body).toMatchObject({ bindings });
    expect((await client.call('POST', `${path}:getIamPolicy`, {})).body).toEqual(set.body);
    const permissions = ['iam.serviceAccounts.actAs'];
    const test = await client.call('POST', `${path}:testIamPermissions`, { permissions });
    expect(test.body).toEqual({ permissions });
    await client.call('DELETE', path);
    await client.call('POST', accounts, { accountId: ACCOUNT.split('@')[0] });
    const { body } = await client.call('POST', `${path}:getIamPolicy`, {});
    expect(body).not.toHaveProperty('bindings');
  });

  it('accept the duplicate v1 that the provider puts in paths', async () => {
    expect((await client.call('GET', `/v1${accounts}/${ACCOUNT}`)).status).toBe(200);
    expect((await client.call('GET', `/v1/v1/projects/${PROJECT}/services`)).status).toBe(200);
  });

  it('disable APIs, list them by state, and enable them in a batch', async () => {
    const services = `/v1/projects/${PROJECT}/services`;
    const enabled = async () =>
      JSON.stringify((await client.call('GET', `${services}?filter=state:ENABLED`)).body);
    await client.call('POST', `${services}/run.googleapis.com:disable`);
    expect(await enabled()).not.toContain('run.googleapis.com');
    const operation = await client.call('POST', `${services}:batchEnable`, {
      serviceIds: ['run.googleapis.com'],
    });
    // Clients must ask for an operation that changes something, and get others with the response.
    expect(operation.body).not.toHaveProperty('done');
    const { name } = operation.body;
    expect((await client.call('GET', `/v1/${name}`)).body).toMatchObject({ name, done: true });
    const again = await client.call('POST', `${services}/run.googleapis.com:enable`);
    expect(again.body).toMatchObject({ done: true });
    expect(await enabled()).toContain('run.googleapis.com');
    expect((await client.call('GET', `${services}?filter=name:x`)).status).toBe(400);
  });

  it('put accounts of a domain-scoped project at the reversed domain', async () => {
    const sandbox = await startSandbox({ seed: createSeed('app', 'example.com:my-project') });
    const email = 'app-cloudrun-dev@my-project.example.com.iam.gserviceaccount.com';
    const get = (path: string) =>
      fetch(`${sandbox.url}${path}`, { headers: { authorization: 'Bearer x' } });
    expect((await get('/v1/projects/example.com:my-project')).status).toBe(200);
    expect((await get(`/v1/projects/example.com:my-project/serviceAccounts/${email}`)).status).toBe(
      200,
    );
    expect((await get(`/v1/projects/example.com:my-project/locations/${REGION}/jobs`)).status).toBe(
      200,
    );
    await sandbox.close();
  });
});

describe('the fault call', () => {
  it.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [409, 'ABORTED'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
  ])('responds with %i as often as requested, and only to matching calls', async (code, rpc) => {
    const { status } = await fault({ fault: 'call', code, method: 'GET', path: '/jobs', times: 2 });
    expect(status).toBe(200);
    const statuses: number[] = [];
    expect((await client.call('GET', WORKER)).status).toBe(200);
    for (let call = 0; call < 3; call++) {
      const answer = await client.call('GET', `/v1/${PARENT}/jobs`);
      statuses.push(answer.status);
      if (call === 0) expect(answer.body.error).toMatchObject({ code, status: rpc });
    }
    expect(statuses).toEqual([code, code, 200]);
  });
});

describe('the log', () => {
  const list = (body: object) =>
    client.call('POST', '/v2/entries:list', { resourceNames: [`projects/${PROJECT}`], ...body });

  it('rejects an unsupported filter', async () => {
    const { status, body } = await list({ filter: 'textPayload=~"a.*"' });
    expect([status, body.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
  });

  it('rejects another project', async () => {
    expect((await list({ resourceNames: ['projects/other-project'] })).status).toBe(403);
  });
});

it("forwards requests to the user's own server, after Cloud Run's access check", async () => {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''}`);
    response.writeHead(202, { 'content-type': 'text/plain', 'x-mine': 'yes' }).end('from my own');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const backends = new Map([['validibot-worker-dev', new URL(`http://127.0.0.1:${port}`)]]);
  const sandbox = await startSandbox({ seed: createSeed('validibot'), backends });
  const url = workerUrl(sandbox);
  const account = sandbox.world.accounts.get(ACCOUNT) ?? { email: '', uniqueId: '' };
  const token = await sandbox.tokens.sign(account, url, Date.now());
  const post = () =>
    fetch(`${url}/any/?a=1`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

  expect((await post()).status).toBe(403);
  const service = sandbox.world.services.get('validibot-worker-dev');
  if (service)
    service.policy = {
      etag: service.policy.etag,
      bindings: [{ role: 'roles/run.invoker', members: ['allUsers'] }],
    };
  const answer = await post();

  expect([answer.status, answer.headers.get('x-mine'), await answer.text()]).toEqual([
    202,
    'yes',
    'from my own',
  ]);
  expect(seen).toEqual([`POST /any/?a=1 ${new URL(url).host}`]);
  server.close();
  expect((await post()).status).toBe(503);
  await sandbox.close();
});
