import { ACCOUNT, PARENT, PROJECT, useClient } from './client';

/** Sources: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services and the discovery document */

const client = useClient();
const SERVICES = `/v2/${PARENT}/services`;
const TEMPLATE = { containers: [{ image: 'us-docker.pkg.dev/cloudrun/container/hello' }] };

interface Shown {
  readonly uri: string;
  readonly etag: string;
  readonly template: { readonly serviceAccount: string; readonly containers: readonly object[] };
}

interface Operation {
  readonly done: boolean;
  readonly response: Shown;
}

async function create(id: string, body: object = { template: TEMPLATE }): Promise<Operation> {
  const { status, body: answer } = await client.call('POST', `${SERVICES}?serviceId=${id}`, body);
  expect(status).toBe(200);
  return answer as unknown as Operation;
}

async function read(id: string): Promise<Shown> {
  return (await client.call('GET', `${SERVICES}/${id}`)).body as unknown as Shown;
}

it('creates a service by an operation that is done, and fills in what the template lacks', async () => {
  const operation = await create('reports', { labels: { a: 'b' }, template: TEMPLATE });
  expect(operation).toMatchObject({ done: true, response: { labels: { a: 'b' } } });
  const service = await read('reports');
  expect(service).toMatchObject({
    name: `${PARENT}/services/reports`,
    labels: { a: 'b' },
    generation: '1',
    template: {
      timeout: '300s',
      maxInstanceRequestConcurrency: 80,
      serviceAccount: '123456789012-compute@developer.gserviceaccount.com',
      containers: [{ ...TEMPLATE.containers[0], ports: [{ name: 'http1', containerPort: 8080 }] }],
    },
  });
});

it('puts the access check in front of a new service, and a stub behind it', async () => {
  const { uri } = (await create('reports')).response;
  expect((await fetch(uri)).status).toBe(401);
  const members = [`serviceAccount:${ACCOUNT}`];
  await client.call('POST', `${SERVICES}/reports:setIamPolicy`, {
    policy: { bindings: [{ role: 'roles/run.invoker', members }] },
  });
  await client.call('POST', `/v1/${PARENT}/jobs`, {
    name: `${PARENT}/jobs/call-reports`,
    schedule: '0 2 * * *',
    httpTarget: {
      uri: `${uri}/anything`,
      oidcToken: { serviceAccountEmail: ACCOUNT, audience: uri },
    },
  });
  await client.call('POST', `/v1/${PARENT}/jobs/call-reports:run`);
  await client.sandbox.context.clock.advance(1);
  const { body } = await client.call('GET', `/v1/${PARENT}/jobs/call-reports`);
  expect(body.lastAttemptTime).toBeDefined();
  expect(body.status).toEqual({});
});

it('changes the fields in the mask, or each that is given', async () => {
  await create('reports', { description: 'before', labels: { a: 'b' }, template: TEMPLATE });
  const path = `${SERVICES}/reports`;
  await client.call('PATCH', `${path}?updateMask=description`, { description: 'after' });
  expect(await read('reports')).toMatchObject({
    ...{ description: 'after', labels: { a: 'b' }, generation: '2' },
    template: TEMPLATE,
  });
  await client.call('PATCH', path, {
    template: { ...TEMPLATE, serviceAccount: ACCOUNT, timeout: '60s' },
  });
  expect(await read('reports')).toMatchObject({
    ...{ description: 'after', generation: '3' },
    template: { serviceAccount: ACCOUNT, timeout: '60s' },
  });
});

it('changes the environment of a service that the seed has deployed', async () => {
  const id = 'validibot-worker-dev';
  const { template } = await read(id);
  const [container] = template.containers;
  await client.call('PATCH', `${SERVICES}/${id}?updateMask=template`, {
    template: {
      ...template,
      containers: [{ ...container, image: 'new', env: [{ name: 'A', value: 'b' }] }],
    },
  });
  expect(client.sandbox.world.services.get(id)?.env).toEqual({ A: 'b' });
  expect(await read(id)).toMatchObject({
    template: { serviceAccount: ACCOUNT, containers: [{ image: 'new' }] },
  });
});

it('deletes a service; one of the same name has the same URL, and no grants', async () => {
  const { uri, etag } = (await create('reports')).response;
  await client.call('POST', `${SERVICES}/reports:setIamPolicy`, {
    policy: { bindings: [{ role: 'roles/run.invoker', members: ['allUsers'] }] },
  });
  const path = `${SERVICES}/reports`;
  expect((await client.call('DELETE', `${path}?etag=old`)).body.error.status).toBe('ABORTED');
  await client.call('DELETE', `${path}?etag=${encodeURIComponent(etag)}`);
  expect((await client.call('GET', path)).status).toBe(404);
  expect((await fetch(uri)).status).toBe(404);
  expect((await create('reports')).response.uri).toBe(uri);
  expect((await client.call('GET', `${path}:getIamPolicy`)).body).not.toHaveProperty('bindings');
});

it('only checks a change with validateOnly', async () => {
  await client.call('POST', `${SERVICES}?serviceId=reports&validateOnly=true`, {
    template: TEMPLATE,
  });
  expect((await client.call('GET', `${SERVICES}/reports`)).status).toBe(404);
  await create('reports', { description: 'before', template: TEMPLATE });
  await client.call('PATCH', `${SERVICES}/reports?validateOnly=true`, { description: 'after' });
  await client.call('DELETE', `${SERVICES}/reports?validateOnly=true`);
  expect(await read('reports')).toMatchObject({ description: 'before' });
});

it.each<[string, string, object, string]>([
  ['an id that ends with a hyphen', 'a-', { template: TEMPLATE }, 'must begin with a letter'],
  ['an id of 50 characters', 'a'.repeat(50), { template: TEMPLATE }, 'fewer than 50'],
  ['a service without containers', 'a', {}, 'at least one container is required'],
  ['a container without image', 'a', { template: { containers: [{}] } }, 'image: Required'],
  [
    'an unknown field',
    'a',
    { template: { ...TEMPLATE, container: 1 } },
    'Unknown name "container" at \'service.template\'',
  ],
  [
    'open access, which the sandbox lacks',
    'a',
    { invokerIamDisabled: true, template: TEMPLATE },
    'The sandbox does not support service.invokerIamDisabled',
  ],
  [
    'an account that does not exist',
    'a',
    {
      template: { ...TEMPLATE, serviceAccount: `missing@${PROJECT}.iam.gserviceaccount.com` },
    },
    'or it may not exist',
  ],
])('rejects %s', async (_, id, body, message) => {
  const { status, body: answer } = await client.call('POST', `${SERVICES}?serviceId=${id}`, body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(answer.error.message).toContain(message);
});

it('rejects a second service of the same name', async () => {
  await create('reports');
  const { body } = await client.call('POST', `${SERVICES}?serviceId=reports`, {
    template: TEMPLATE,
  });
  expect(body.error).toMatchObject({ code: 409, status: 'ALREADY_EXISTS' });
});
