import { setTimeout } from 'node:timers/promises';
import type { LogEntry } from '../../sandbox/world/logging';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import {
  ACCOUNT,
  afterAttempt,
  type Body,
  grantInvoker,
  jobBody,
  matching,
  PARENT,
  PROJECT,
  useClient,
  workerUrl,
} from './client';
import { listen } from './listener';

const client = useClient();

beforeEach(() => grantInvoker(client));

const JOBS = `/v1/${PARENT}/jobs`;

async function runNow(id: string, changes: object = {}): Promise<Body> {
  await client.call('POST', JOBS, jobBody(client.sandbox, id, changes));
  await client.call('POST', `${JOBS}/${id}:run`, {});
  return afterAttempt(client, id);
}

async function entries(filter = ''): Promise<readonly LogEntry[]> {
  const { body } = await client.call('POST', '/v2/entries:list', {
    resourceNames: [`projects/${PROJECT}`],
    filter,
    orderBy: 'timestamp asc',
  });
  return body.entries ?? [];
}

it('succeeds in spite of a fault of the worker for another path', async () => {
  const fault = { fault: 'worker-failing', stage: 'dev', path: '/elsewhere/' };
  expect((await client.call('POST', '/_sandbox/faults', fault)).status).toBe(200);
  expect((await runNow('good')).status).toEqual({});
  await client.call('DELETE', '/_sandbox/faults');
});

describe('a run that succeeds', () => {
  it('sets the time and an empty status in the job', async () => {
    const job = await runNow('good');
    expect(job.status).toEqual({});
    expect(Math.abs(Date.parse(job.lastAttemptTime ?? '') - Date.now())).toBeLessThan(60_000);
    expect(job.scheduleTime).toMatch(/T1[56]:00:00.000Z$/);
  });

  it('writes two log entries in the live format', async () => {
    await runNow('good');
    const url = `${workerUrl(client.sandbox)}/api/v1/scheduled/clear-sessions/`;
    const jsonPayload = { jobName: `${PARENT}/jobs/good`, targetType: 'HTTP', url };
    const common = {
      logName: `projects/${PROJECT}/logs/cloudscheduler.googleapis.com%2Fexecutions`,
      severity: 'INFO',
      resource: {
        type: 'cloud_scheduler_job',
        labels: { project_id: PROJECT, location: 'australia-southeast1', job_id: 'good' },
      },
    };
    const type = 'type.googleapis.com/google.cloud.scheduler.logging.';
    expect(await entries('resource.type="cloud_scheduler_job"')).toEqual([
      expect.objectContaining({
        ...common,
        jsonPayload: {
          '@type': `${type}AttemptStarted`,
          scheduledTime: matching(/Z$/),
          ...jsonPayload,
        },
      }),
      expect.objectContaining({
        ...common,
        httpRequest: { status: 200 },
        jsonPayload: {
          '@type': `${type}AttemptFinished`,
          ...jsonPayload,
          debugInfo: 'URL_CRAWLED. Original HTTP response code number = 200',
        },
      }),
    ]);
  });
});

it("sends the job's method, headers and body, and the service's own headers", async () => {
  const target = await listen();
  await runNow('echo', {
    httpTarget: {
      uri: `${target.url}/path?query=1`,
      httpMethod: 'PUT',
      headers: { 'X-Mine': 'yes', 'Content-Type': 'application/json' },
      body: Buffer.from('{"a":1}').toString('base64'),
      oidcToken: { serviceAccountEmail: ACCOUNT, audience: 'someone' },
    },
  });
  target.close();

  const [request] = target.requests;
  expect([request?.method, request?.url, request?.body]).toEqual([
    'PUT',
    '/path?query=1',
    '{"a":1}',
  ]);
  expect(request?.headers).toMatchObject({
    'x-mine': 'yes',
    'content-type': 'application/json',
    'user-agent': 'Google-Cloud-Scheduler',
    'x-cloudscheduler': 'true',
    'x-cloudscheduler-jobname': 'echo',
    authorization: matching(/^Bearer eyJ/),
  });
});

describe('the token', () => {
  async function tokenFor(audience: string): Promise<string> {
    const target = await listen();
    await runNow(`token-${audience}`, {
      httpTarget: {
        uri: target.url,
        oidcToken: { serviceAccountEmail: ACCOUNT, audience },
      },
    });
    target.close();
    return target.requests[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
  }

  it("has Google's claims, and matches the published key set", async () => {
    const keys = createRemoteJWKSet(new URL(`${client.sandbox.url}/oauth2/v3/certs`));
    const { payload, protectedHeader } = await jwtVerify(await tokenFor('aud'), keys);

    const { uniqueId } = client.sandbox.world.accounts.get(ACCOUNT) ?? {};
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toEqual({
      iss: 'https://accounts.google.com',
      aud: 'aud',
      azp: uniqueId,
      sub: uniqueId,
      email: ACCOUNT,
      email_verified: true,
      iat: expect.any(Number) as number,
      exp: (payload.iat ?? 0) + 3600,
    });
  });

  it('is valid in real time, also when the clock was advanced', async () => {
    await client.call('POST', '/_sandbox/advance', { seconds: 86_400 });
    const { iat = 0 } = decodeJwt(await tokenFor('aud'));
    expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(60);
  });

  it('matches the certificate of its key id', async () => {
    const [header = '', payload = '', signature = ''] = (await tokenFor('aud')).split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const { body } = await client.call('GET', '/oauth2/v1/certs');

    const certificate = new X509Certificate((body as unknown as Record<string, string>)[kid] ?? '');
    const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });
});

describe('a run fails', () => {
  const finished = async () => (await entries('severity=ERROR')).at(-1);

  it('with 404 at the web service', async () => {
    const url = workerUrl(client.sandbox, 'validibot-web-dev');
    const path = `/v2/${PARENT}/services/validibot-web-dev:setIamPolicy`;
    const bindings = [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }];
    await client.call('POST', path, { policy: { bindings } });

    const job = await runNow('web', {
      httpTarget: {
        uri: `${url}/api/v1/scheduled/clear-sessions/`,
        oidcToken: { serviceAccountEmail: ACCOUNT, audience: url },
      },
    });

    expect(job.status).toEqual({ code: 5 });
    expect(await finished()).toMatchObject({
      severity: 'ERROR',
      httpRequest: { status: 404 },
      jsonPayload: {
        status: 'NOT_FOUND',
        debugInfo: 'URL_ERROR-ERROR_NOT_FOUND. Original HTTP response code number = 404',
      },
    });
  });

  it.each<[string, object, number, number]>([
    ['the worker is in web mode', { fault: 'worker-in-web-mode', stage: 'dev' }, 404, 5],
    ['the worker is missing', { fault: 'worker-missing', stage: 'dev' }, 404, 5],
    ['the worker fails', { fault: 'worker-failing', stage: 'dev' }, 500, 13],
    ['the worker is unavailable', { fault: 'worker-failing', stage: 'dev', status: 503 }, 503, 14],
    [
      'the worker fails for its path',
      { fault: 'worker-failing', stage: 'dev', path: 'clear-sessions' },
      500,
      13,
    ],
    ['the grant is missing', { fault: 'grant-missing', stage: 'dev' }, 403, 7],
    ['the account does not exist', { fault: 'account-missing', stage: 'dev' }, 403, 7],
    ['the account is disabled', { fault: 'account-disabled', stage: 'dev' }, 403, 7],
    ["Google's agent has lost its role", { fault: 'agent-role-missing' }, 403, 7],
  ])('because %s', async (_why, fault, status, code) => {
    await client.call('POST', JOBS, jobBody(client.sandbox, 'job'));
    expect((await client.call('POST', '/_sandbox/faults', fault)).status).toBe(200);
    await client.call('POST', `${JOBS}/job:run`, {});

    expect((await afterAttempt(client, 'job')).status).toEqual({ code });
    expect(await finished()).toMatchObject({ httpRequest: { status } });

    await client.call('DELETE', '/_sandbox/faults');
    await grantInvoker(client);
    await client.call('POST', `${JOBS}/job:run`, {});
    expect((await afterAttempt(client, 'job')).status).toEqual({});
  });

  it('with 401 if the audience is the URI with its path', async () => {
    const uri = `${workerUrl(client.sandbox)}/api/v1/scheduled/clear-sessions/`;
    const oidcToken = { serviceAccountEmail: ACCOUNT };
    const job = await runNow('audience', { httpTarget: { uri, oidcToken } });
    expect(job.status).toEqual({ code: 16 });
    expect(await finished()).toMatchObject({ jsonPayload: { status: 'UNAUTHENTICATED' } });
  });

  it('if it takes longer than its deadline, also while the clock is advanced', async () => {
    await client.call('POST', '/_sandbox/faults', {
      fault: 'worker-slow',
      stage: 'dev',
      seconds: 60,
    });
    await client.call('POST', JOBS, jobBody(client.sandbox, 'slow', { attemptDeadline: '30s' }));
    await client.call('POST', `${JOBS}/slow:run`, {});
    await client.call('POST', '/_sandbox/advance', { seconds: 90 });

    const { body: job } = await client.call('GET', `${JOBS}/slow`);
    expect(job.status).toEqual({ code: 4 });
    expect(await finished()).toMatchObject({ jsonPayload: { status: 'DEADLINE_EXCEEDED' } });
  });

  it('only after its deadline, even if the worker is slow', async () => {
    await client.call('POST', '/_sandbox/faults', {
      fault: 'worker-slow',
      stage: 'dev',
      seconds: 20,
    });
    await client.call('POST', JOBS, jobBody(client.sandbox, 'slow', { attemptDeadline: '30s' }));
    await client.call('POST', `${JOBS}/slow:run`, {});
    await client.call('POST', '/_sandbox/advance', { seconds: 25 });
    expect((await client.call('GET', `${JOBS}/slow`)).body.status).toEqual({});
  });

  it('if nothing listens at the target', async () => {
    const job = await runNow('closed', { httpTarget: { uri: 'http://127.0.0.1:9/' } });
    expect(job.status).toEqual({ code: 14 });
  });

  it('without a call if the target is not on this machine', async () => {
    const job = await runNow('away', { httpTarget: { uri: 'https://example.com/' } });
    expect(job.status).toEqual({ code: 14 });
    expect(await finished()).toMatchObject({
      jsonPayload: { debugInfo: matching(/the sandbox calls only http URLs on this machine/) },
    });
  });
});

describe('the clock', () => {
  it('runs every job that becomes due while it is advanced, in order', async () => {
    const every = (minutes: string) => ({ schedule: minutes, timeZone: 'UTC' });
    await client.call('POST', JOBS, jobBody(client.sandbox, 'fives', every('*/5 * * * *')));
    await client.call('POST', JOBS, jobBody(client.sandbox, 'tens', every('*/10 * * * *')));

    const { body } = await client.call('POST', '/_sandbox/advance', { seconds: 3600 });

    expect(body.attempts).toBe(18);
    const started = await entries('jsonPayload."@type":"AttemptStarted"');
    const times = started.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort());
    expect(
      started.every(({ timestamp, jsonPayload }) => timestamp === jsonPayload?.scheduledTime),
    ).toBe(true);
    expect(new Set(times.map((time) => time.slice(15))).size).toBeLessThanOrEqual(2);
  });

  it.each([0, -1, 'x', 1e12, null])('cannot be advanced by %p', async (seconds) => {
    expect((await client.call('POST', '/_sandbox/advance', { seconds })).status).toBe(400);
  });

  it('runs jobs in real time too', async () => {
    const { world, context } = client.sandbox;
    const before = world.attemptsEnded;
    await client.call('POST', JOBS, jobBody(client.sandbox, 'live', { schedule: '* * * * *' }));
    const due = context.scheduler.nextTime(`${PARENT}/jobs/live`) ?? 0;
    // Until shortly before it.
    await context.clock.advance(Math.max(1, due - context.clock.now() - 300));
    while (world.attemptsEnded === before) await setTimeout(20);

    expect((await client.call('GET', `${JOBS}/live`)).body.status).toEqual({});
  });
});
