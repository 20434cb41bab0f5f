import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import type { LogEntry } from '../../sandbox/world/logging';
import { createSeed } from '../../stages/seed';
import { temporaryFolder } from '../support/temporary-folder';
import { ACCOUNT, grantInvoker, jobBody, PARENT, PROJECT, useClient, workerUrl } from './client';

const client = useClient();
const PATH = '/api/v1/scheduled/clear-sessions/';
const SERVICE = 'validibot-worker-dev';

/** Runs a job of the dev stage, and returns the entries of its worker. */
async function run(changes: object = {}): Promise<readonly LogEntry[]> {
  await client.call('POST', `/v1/${PARENT}/jobs`, jobBody(client.sandbox, 'a', changes));
  await client.call('POST', `/v1/${PARENT}/jobs/a:run`, {});
  await client.sandbox.context.clock.advance(1);
  const { body } = await client.call('POST', '/v2/entries:list', {
    resourceNames: [`projects/${PROJECT}`],
    filter: `resource.type="cloud_run_revision" AND resource.labels.service_name="${SERVICE}"`,
  });
  return body.entries ?? [];
}

it('has an entry for each request, with its trace', async () => {
  await grantInvoker(client);
  const [entry, ...rest] = await run();
  expect(rest).toEqual([]);
  expect(entry).toMatchObject({
    logName: `projects/${PROJECT}/logs/run.googleapis.com%2Frequests`,
    severity: 'INFO',
    resource: { type: 'cloud_run_revision', labels: { service_name: SERVICE } },
    httpRequest: {
      requestMethod: 'POST',
      requestUrl: `${workerUrl(client.sandbox)}${PATH}`,
      status: 200,
      userAgent: 'Google-Cloud-Scheduler',
    },
    trace: expect.stringMatching(new RegExp(`^projects/${PROJECT}/traces/[0-9a-f]{32}$`)) as string,
  });
});

it('has the remark of Cloud Run on a request that it does not let in', async () => {
  const [entry] = await run();
  expect(entry).toMatchObject({ severity: 'WARNING', httpRequest: { status: 403 } });
  expect(entry?.textPayload).toContain('The request was not authorized to invoke this service.');
});

it.each([
  ['audience', /^Worker OIDC verification failed: Token has wrong audience http:\S+, expected one/],
  ['account', new RegExp(`non-allowlisted SA \\(${ACCOUNT}\\)$`)],
  ['expired', / Token expired, .* < \d+$/],
  ['early', / Token used too early, \d+ < /],
  ['certificates', /Max retries exceeded with url: \/oauth2\/v1\/certs/],
])('has the reason why the worker rejects a token: %s', async (reason, message) => {
  await grantInvoker(client);
  const fault = { fault: 'worker-rejects-token', stage: 'dev', reason };
  await client.call('POST', '/_sandbox/faults', fault);
  const [line, request] = await run();
  expect(line).toMatchObject({
    logName: `projects/${PROJECT}/logs/run.googleapis.com%2Fstderr`,
    severity: 'WARNING',
    jsonPayload: { message: expect.stringMatching(message) as string },
  });
  expect(request).toMatchObject({ severity: 'WARNING', httpRequest: { status: 401 } });
});

it('rejects an unknown reason, with the known ones', async () => {
  const fault = { fault: 'worker-rejects-token', stage: 'dev', reason: 'mood' };
  const { status, body } = await client.call('POST', '/_sandbox/faults', fault);
  expect(status).toBe(400);
  expect(body.error.message).toEqual(
    expect.stringMatching(
      /^reason must be one of: audience, account, expired, early, certificates, /,
    ),
  );
});

it('has the error of a task that failed', async () => {
  await grantInvoker(client);
  const fault = { fault: 'worker-failing', stage: 'dev', status: 500 };
  await client.call('POST', '/_sandbox/faults', fault);
  const [line] = await run();
  expect(line).toMatchObject({
    severity: 'ERROR',
    jsonPayload: {
      message: `Internal Server Error: ${PATH}`,
      exc_info: expect.stringContaining('\nRuntimeError: Failure injected') as string,
    },
  });
});

describe("with a server of the user's own", () => {
  let status = 200;
  let line: string | undefined;
  const file = path.join(temporaryFolder(), 'worker.log');
  const server = http.createServer((_request, response) => {
    if (line !== undefined) fs.appendFileSync(file, `${line}\n`);
    response.writeHead(status).end();
  });
  let sandbox: Sandbox;

  beforeAll(async () => {
    fs.writeFileSync(file, 'from before\n');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    sandbox = await startSandbox({
      seed: createSeed('validibot'),
      backends: new Map([[SERVICE, new URL(`http://127.0.0.1:${port}`)]]),
      logFiles: new Map([[SERVICE, file]]),
    });
    for (const { policy: _policy, ...service } of sandbox.world.services.values()) {
      const bindings = [{ role: 'roles/run.invoker', members: ['allUsers'] }];
      sandbox.world.services.set(service.name, { ...service, policy: { etag: 'MQ==', bindings } });
    }
  });
  afterAll(async () => {
    await sandbox.close();
    server.close();
  });

  const post = () => fetch(`${workerUrl(sandbox)}${PATH}`, { method: 'POST' });

  it('has what the server writes to its log file, from then on and before the request ends', async () => {
    const written = (): unknown[] =>
      [...sandbox.world.log.entries()].map(
        ({ severity, jsonPayload, textPayload, httpRequest }) => [
          severity,
          jsonPayload?.message ?? textPayload ?? httpRequest?.status,
        ],
      );
    line = '{"severity": "WARNING", "message": "Careful", "name": "app"}';
    await post();
    expect(written()).toContainEqual(['WARNING', 'Careful']);
    line = 'plain text';
    await post();
    line = undefined;
    expect(written()).toContainEqual(['DEFAULT', 'plain text']);
    expect(written()).toHaveLength(4);
  });

  it('shows the role that the server has: a web instance answers 404', async () => {
    const role = async (): Promise<string> => {
      const headers = { authorization: 'Bearer x' };
      const response = await fetch(`${sandbox.url}/v2/${PARENT}/services/${SERVICE}`, { headers });
      return /"APP_ROLE","value":"(\w+)"/.exec(await response.text())?.[1] ?? '';
    };
    sandbox.world.serverRoles.clear();
    status = 404;
    expect(await role()).toBe('web');
    status = 200;
    await post();
    expect(await role()).toBe('worker');
  });
});
