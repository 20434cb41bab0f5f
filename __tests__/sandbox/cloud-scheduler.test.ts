import { type Body, jobBody, PARENT, PROJECT, REGION, useClient, workerUrl } from './client';

const client = useClient();

const JOBS = `/v1/${PARENT}/jobs`;

const create = (id: string, changes: object = {}) =>
  client.call('POST', JOBS, jobBody(client.sandbox, id, changes));

describe('create', () => {
  it('fills in the defaults of the service', async () => {
    await client.call('POST', '/_sandbox/settings', { authorizationOnRead: false });
    const uri = `${workerUrl(client.sandbox)}/a/`;
    const account = `validibot-cloudrun-dev@${PROJECT}.iam.gserviceaccount.com`;
    const created = await client.call('POST', JOBS, {
      name: `${PARENT}/jobs/bare`,
      schedule: '0 2 * * *',
      httpTarget: { uri, oidcToken: { serviceAccountEmail: account } },
    });

    const { userUpdateTime, scheduleTime, ...rest } = created.body;
    expect(created.status).toBe(200);
    expect(rest).toEqual({
      name: `${PARENT}/jobs/bare`,
      schedule: '0 2 * * *',
      timeZone: 'UTC',
      state: 'ENABLED',
      attemptDeadline: '180s',
      status: { code: -1 },
      httpTarget: {
        uri,
        httpMethod: 'POST',
        headers: { 'User-Agent': 'Google-Cloud-Scheduler' },
        oidcToken: { serviceAccountEmail: account, audience: uri },
      },
    });
    expect(Math.abs(Date.parse(userUpdateTime) - Date.now())).toBeLessThan(60_000);
    expect(scheduleTime).toMatch(/T02:00:00.000Z$/);
    expect(await client.call('GET', `${JOBS}/bare`)).toMatchObject({ body: rest });
  });

  it('defaults the content type of a body to octets', async () => {
    const target = { uri: workerUrl(client.sandbox), body: Buffer.from('x').toString('base64') };
    const { body } = await create('with-body', { httpTarget: target });
    expect(body.httpTarget.headers['Content-Type']).toBe('application/octet-stream');
  });

  it('drops headers that the service sets itself', async () => {
    const headers = { Host: 'a', 'x-google-b': 'c', 'X-CloudScheduler': 'd', 'X-Mine': 'kept' };
    const { body } = await create('owned', {
      httpTarget: { uri: workerUrl(client.sandbox), headers },
    });
    expect(body.httpTarget.headers).toEqual({
      'User-Agent': 'Google-Cloud-Scheduler',
      'X-Mine': 'kept',
    });
  });

  it('accepts snake_case, null and output-only fields', async () => {
    const { status, body } = await create('other-case', {
      attempt_deadline: '60s',
      description: null,
      state: 'PAUSED',
    });
    expect([status, body.attemptDeadline, body.description, body.state]).toEqual([
      200,
      '60s',
      undefined,
      'ENABLED',
    ]);
  });

  it('rejects an existing name with ALREADY_EXISTS', async () => {
    await create('twice');
    expect(await create('twice')).toEqual({
      status: 409,
      body: {
        error: {
          code: 409,
          message: `Job ${PARENT}/jobs/twice already exists.`,
          status: 'ALREADY_EXISTS',
        },
      },
    });
  });

  it.each<[string, object, string]>([
    ['a name with a dot', { name: `${PARENT}/jobs/a.b` }, 'Job name must be formatted'],
    [
      'a name of 501 characters',
      { name: `${PARENT}/jobs/${'a'.repeat(501)}` },
      'Job name must be formatted',
    ],
    [
      'a name in another project',
      { name: 'projects/p/locations/l/jobs/a' },
      'Job name must be formatted',
    ],
    ['no schedule', { schedule: undefined }, 'Schedule must be set'],
    ['a bad schedule', { schedule: '60 * * * *' }, 'Schedule or time zone is invalid'],
    ['a bad time zone', { timeZone: '+10:00' }, 'Schedule or time zone is invalid'],
    ['no target', { httpTarget: undefined }, 'Job must have a target'],
    ['an ftp URI', { httpTarget: { uri: 'ftp://a' } }, 'HttpTarget.uri must be'],
    [
      'a body with GET',
      { httpTarget: { uri: 'http://a', httpMethod: 'GET', body: 'eA==' } },
      'HTTP body is not allowed',
    ],
    [
      'an unknown method',
      { httpTarget: { uri: 'http://a', httpMethod: 'get' } },
      "'job.httpTarget.httpMethod'",
    ],
    [
      'a deadline of 14 s',
      { attemptDeadline: '14s' },
      'Job.attemptDeadline is 14; it must be in [15, 1800].',
    ],
    ['a deadline of 1801 s', { attemptDeadline: '1801s' }, 'Job.attemptDeadline is 1801'],
    ['a duration without s', { attemptDeadline: '60' }, 'google.protobuf.Duration'],
    [
      '6 retries',
      { retryConfig: { retryCount: 6 } },
      'Job.retryConfig.retryCount is 6; it must be in [0, 5].',
    ],
    [
      'a minimum backoff above the maximum',
      { retryConfig: { minBackoffDuration: '9s', maxBackoffDuration: '8s' } },
      'Job.retryConfig.maxBackoffDuration is 8',
    ],
    [
      'a description of 501 characters',
      { description: 'x'.repeat(501) },
      'Description must be at most 500',
    ],
    [
      'an unknown field',
      { scedule: '0 2 * * *' },
      `Unknown name "scedule" at 'job': Cannot find field.`,
    ],
    ['a wrong type', { description: 5 }, `Invalid value at 'job.description' (TYPE_STRING), 5`],
    [
      'a job of more than a megabyte',
      { httpTarget: { uri: 'http://a', body: 'eHh4'.repeat(400_000) } },
      'Job size must be at most 1MB',
    ],
  ])('rejects %s with INVALID_ARGUMENT', async (_what, changes, message) => {
    const { status, body } = await create('bad', changes);
    expect([status, body.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
    expect(body.error.message).toContain(message);
    expect((await client.call('GET', JOBS)).body).toEqual({});
  });

  it('reports a missing account as a missing actAs permission', async () => {
    const oidcToken = { serviceAccountEmail: 'missing@x.iam.gserviceaccount.com' };
    const { status, body } = await create('no-account', {
      httpTarget: { uri: workerUrl(client.sandbox), oidcToken },
    });
    expect(status).toBe(403);
    expect(body.error.message).toContain('"iam.serviceAccounts.actAs"');
  });
});

describe('get and list', () => {
  it('responds with NOT_FOUND to a missing job', async () => {
    expect(await client.call('GET', `${JOBS}/none`)).toEqual({
      status: 404,
      body: {
        error: {
          code: 404,
          message: `Job ${PARENT}/jobs/none was not found.`,
          status: 'NOT_FOUND',
        },
      },
    });
  });

  it('returns correct pages even if a job is deleted between them', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await create(id);
    const ids = ({ jobs = [] }: Body): string[] => jobs.map(({ name }) => name.slice(-1));

    const first = await client.call('GET', `${JOBS}?pageSize=2`);
    await client.call('DELETE', `${JOBS}/b`);
    const second = await client.call(
      'GET',
      `${JOBS}?pageSize=2&pageToken=${first.body.nextPageToken}`,
    );
    const third = await client.call(
      'GET',
      `${JOBS}?pageSize=2&pageToken=${second.body.nextPageToken}`,
    );

    expect([first, second, third].map(({ body }) => ids(body))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
    expect(third.body).not.toHaveProperty('nextPageToken');
  });

  it.each([
    'pageSize=-1',
    'pageSize=x',
    'pageSize=1&pageSize=2',
    'pageToken=%00',
    'pageToken=a&pageToken=b',
  ])('rejects %s with INVALID_ARGUMENT', async (query) => {
    expect((await client.call('GET', `${JOBS}?${query}`)).status).toBe(400);
  });

  it('shows an Authorization header of a job with an OIDC token, unless turned off', async () => {
    await create('shown');
    const headers = async () => (await client.call('GET', `${JOBS}/shown`)).body.httpTarget.headers;
    expect((await headers()).Authorization).toMatch(/^Bearer /);
    await client.call('POST', '/_sandbox/settings', { authorizationOnRead: false });
    expect(await headers()).toEqual({ 'User-Agent': 'Google-Cloud-Scheduler' });
  });
});

describe('patch', () => {
  const retryConfig = { retryCount: 3, minBackoffDuration: '7s' };

  it('without a mask, replaces the given fields, each as a whole', async () => {
    await create('job', { description: 'kept', retryConfig });
    const { body } = await client.call('PATCH', `${JOBS}/job`, {
      schedule: '0 3 * * *',
      retryConfig: { maxDoublings: 4 },
    });
    expect([body.schedule, body.description, body.retryConfig]).toEqual([
      '0 3 * * *',
      'kept',
      {
        maxRetryDuration: '0s',
        minBackoffDuration: '5s',
        maxBackoffDuration: '3600s',
        maxDoublings: 4,
      },
    ]);
  });

  it('with a mask, changes only its paths', async () => {
    await create('job', { description: 'kept', retryConfig });
    const { body } = await client.call(
      'PATCH',
      `${JOBS}/job?updateMask=retryConfig.retryCount,time_zone`,
      { retryConfig: { retryCount: 1, maxDoublings: 9 }, timeZone: 'UTC', description: 'ignored' },
    );
    expect([body.retryConfig.retryCount, body.retryConfig.maxDoublings]).toEqual([1, 5]);
    expect([body.timeZone, body.description]).toEqual(['UTC', 'kept']);
  });

  it('resets a path of the mask that the body lacks', async () => {
    await create('job', { description: 'gone', attemptDeadline: '60s' });
    const { body } = await client.call(
      'PATCH',
      `${JOBS}/job?updateMask=description,attemptDeadline`,
      {},
    );
    expect([body.description, body.attemptDeadline]).toEqual([undefined, '180s']);
  });

  it('removes a token when all of its fields are cleared', async () => {
    await create('job');
    const { body } = await client.call(
      'PATCH',
      `${JOBS}/job?updateMask=httpTarget.oidcToken.serviceAccountEmail,httpTarget.oidcToken.audience`,
      {},
    );
    expect(body.httpTarget).not.toHaveProperty('oidcToken');
  });

  it.each([
    'nonsense',
    'retryConfig.nonsense',
    'schedule.x',
    'schedule&updateMask=name',
    '__proto__.x',
  ])('rejects the mask %s with INVALID_ARGUMENT', async (mask) => {
    await create('job');
    const { status } = await client.call('PATCH', `${JOBS}/job?updateMask=${mask}`, {
      schedule: '0 3 * * *',
    });
    expect(status).toBe(400);
  });

  it('changes nothing if a value is invalid', async () => {
    await create('job');
    await client.call('PATCH', `${JOBS}/job`, { schedule: 'x', description: 'y' });
    const { body } = await client.call('GET', `${JOBS}/job`);
    expect([body.schedule, body.description]).toEqual(['0 2 * * *', undefined]);
  });

  it('keeps a paused job paused; when resumed, it follows the new schedule', async () => {
    await create('job');
    await client.call('POST', `${JOBS}/job:pause`);
    const patched = await client.call('PATCH', `${JOBS}/job`, {
      schedule: '30 4 * * *',
      timeZone: 'UTC',
    });
    const resumed = await client.call('POST', `${JOBS}/job:resume`);
    expect(patched.body.state).toBe('PAUSED');
    expect(resumed.body.scheduleTime).toMatch(/T04:30:00.000Z$/);
  });

  it('responds with NOT_FOUND to a missing job', async () => {
    expect((await client.call('PATCH', `${JOBS}/none`, { schedule: '0 3 * * *' })).status).toBe(
      404,
    );
  });
});

describe('pause, resume, delete', () => {
  it('set the state, also repeatedly', async () => {
    await create('job');
    const states: string[] = [];
    for (const verb of ['resume', 'pause', 'pause', 'resume']) {
      const { body } = await client.call('POST', `${JOBS}/job:${verb}`, {});
      states.push(body.state);
    }
    expect(states).toEqual(['ENABLED', 'PAUSED', 'PAUSED', 'ENABLED']);
  });

  it('respond with NOT_FOUND to an unknown verb or a missing job', async () => {
    await create('job');
    expect((await client.call('POST', `${JOBS}/job:stop`)).status).toBe(404);
    expect((await client.call('POST', `${JOBS}/none:run`)).status).toBe(404);
  });

  it('respond to a delete with an empty message, then with NOT_FOUND', async () => {
    await create('job');
    expect(await client.call('DELETE', `${JOBS}/job`)).toEqual({ status: 200, body: {} });
    expect((await client.call('DELETE', `${JOBS}/job`)).status).toBe(404);
  });
});

describe('every call', () => {
  it('accepts the project number as the project', async () => {
    const { projectNumber } = client.sandbox.world.project;
    const path = `/v1/projects/${projectNumber}/locations/${REGION}/jobs`;
    expect((await client.call('GET', path)).status).toBe(200);
  });

  it('rejects another project with PERMISSION_DENIED, another region with NOT_FOUND', async () => {
    const other = await client.call('GET', `/v1/projects/other-project/locations/${REGION}/jobs`);
    const away = await client.call('GET', `/v1/projects/${PROJECT}/locations/us-central1/jobs`);
    expect([other.status, away.status]).toEqual([403, 404]);
  });

  it('requires a token, else it is UNAUTHENTICATED', async () => {
    const response = await fetch(`${client.sandbox.url}${JOBS}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { status: 'UNAUTHENTICATED' } });
  });

  it('fails while the API is disabled, and says where to enable it', async () => {
    const api = 'cloudscheduler.googleapis.com';
    await client.call('POST', '/_sandbox/faults', { fault: 'api-disabled', api });
    const { status, body } = await client.call('GET', JOBS);
    expect(status).toBe(403);
    expect(body.error.message).toMatch(
      /^Cloud Scheduler API has not been used in project \d+ before/,
    );
    expect(body.error.details[0]).toMatchObject({ reason: 'SERVICE_DISABLED' });

    await client.call('POST', `/v1/projects/${PROJECT}/services/${api}:enable`);
    expect((await client.call('GET', JOBS)).status).toBe(200);
  });

  it('can list the locations', async () => {
    const { body } = await client.call('GET', `/v1/projects/${PROJECT}/locations`);
    expect(body.locations?.map(({ locationId }) => locationId)).toEqual([REGION]);
  });
});
