import fs from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { readSnapshot, writeSnapshot } from '../../sandbox/snapshot-file';
import { takeSnapshot, type Snapshot } from '../../sandbox/snapshot';
import { temporaryFolder } from '../support/temporary-folder';
import { grantInvoker, jobBody, PARENT, PROJECT, useClient, workerUrl } from './client';

jest.setTimeout(60_000);

const client = useClient();
const { call } = client;
const project = `projects/${PROJECT}`;

/** A project with something in each part. */
async function fill(): Promise<void> {
  const good = async (method: string, place: string, body?: unknown): Promise<void> => {
    const { status, body: answer } = await call(method, place, body);
    if (status !== 200) throw new Error(`${method} ${place}: ${JSON.stringify(answer)}`);
  };
  const { sandbox } = client;
  await grantInvoker(client);
  await good('PUT', `/v1/${project}/topics/t`, {});
  const template = { containers: [{ image: 'hello' }] };
  await good('POST', `/v2/${PARENT}/services?serviceId=reports`, { template });
  await good('PATCH', `/v2/${PARENT}/services/validibot-worker-staging`, {
    description: 'changed',
  });
  await good('DELETE', `/v2/${PARENT}/services/validibot-web-dev`);
  await good('POST', `/v2/${project}/metrics`, { name: 'runs', filter: 'httpRequest.status=200' });
  await good('POST', `/v1/${PARENT}/jobs`, jobBody(sandbox, 'hourly', { schedule: '0 * * * *' }));
  await good('POST', `/v1/${PARENT}/jobs`, jobBody(sandbox, 'paused'));
  await good('POST', `/v1/${PARENT}/jobs/paused:pause`);
  await good('POST', `/v1/${PARENT}/jobs`, {
    ...jobBody(sandbox, 'failing'),
    schedule: '30 * * * *',
    httpTarget: { uri: `${workerUrl(sandbox)}/missing`, httpMethod: 'POST' },
  });
  await good('POST', '/_sandbox/settings', { authorizationOnRead: false });
  await good('POST', `/v3/${project}/alertPolicies`, {
    displayName: 'failed',
    combiner: 'OR',
    conditions: [
      {
        displayName: 'failed',
        conditionMatchedLog: {
          filter: 'severity>=ERROR',
          labelExtractors: { job: 'EXTRACT(resource.labels.job_id)' },
        },
      },
    ],
    alertStrategy: { autoClose: '1800s', notificationRateLimit: { period: '300s' } },
  });
  await good('POST', '/_sandbox/faults', { fault: 'worker-failing', stage: 'prod', status: 500 });
  await good('POST', '/_sandbox/advance', { seconds: 86_400 + 1800 });
}

async function imported(
  snapshot: Snapshot,
  use: (sandbox: Sandbox) => void | Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ seed: snapshot.seed, snapshot });
  try {
    await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

async function exported(): Promise<Snapshot> {
  const response = await fetch(`${client.sandbox.url}/_sandbox/export`);
  return (await response.json()) as Snapshot;
}

it('holds the whole project: imported and exported again, it is the same but for the time and the ports', async () => {
  await fill();
  const before = await exported();
  expect(before.log.length).toBeGreaterThan(100);
  expect(before.incidents.length).toBeGreaterThan(20);
  await imported(before, (sandbox) => {
    const after = JSON.parse(JSON.stringify(takeSnapshot(sandbox.context))) as Snapshot;
    const withoutPorts = (snapshot: Snapshot): unknown =>
      JSON.parse(
        JSON.stringify({ ...snapshot, now: '' }).replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1'),
      );
    expect(withoutPorts(after)).toEqual(withoutPorts(before));
    expect(after.services.map(({ urls }) => urls)).not.toEqual(
      before.services.map(({ urls }) => urls),
    );
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeLessThan(30_000);
    const counted = (from: Sandbox): unknown =>
      from.context.alerting.metrics.increase(
        { metric: 'logging_googleapis_com:user_runs', labels: {} },
        0,
        Infinity,
      );
    expect(counted(sandbox)).toEqual(counted(client.sandbox));
    expect(counted(sandbox)).not.toEqual([]);
  });
});

it('serves a service that was created, and none that was deleted', async () => {
  await fill();
  await imported(await exported(), async ({ world }) => {
    const [url = ''] = world.services.get('reports')?.urls ?? [];
    expect((await fetch(url)).status).toBe(401);
    expect(world.services.has('validibot-web-dev')).toBe(false);
  });
});

it('continues: jobs run at the new URLs with valid tokens, a paused one stays paused, incidents close', async () => {
  await fill();
  const before = await exported();
  await imported(before, async (sandbox) => {
    const { world, clock, alerting } = sandbox.context;
    const statuses = (job: string): (number | undefined)[] =>
      [...world.log.entries({ jobs: [job] })].flatMap(
        ({ httpRequest }) => httpRequest?.status ?? [],
      );
    const were = statuses('hourly').length;
    await clock.advance(3 * 3_600_000);
    expect(statuses('hourly').slice(were)).toEqual([200, 200, 200]);
    expect(statuses('paused')).toEqual([]);
    const ids = [...world.log.entries()].map(({ insertId }) => insertId);
    expect(new Set(ids).size).toBe(ids.length);
    const names = alerting.incidents.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const open = alerting.incidents.filter(({ closeTime }) => closeTime === undefined);
    expect(open.length).toBeLessThanOrEqual(2);
    const target = world.jobs.get(`${PARENT}/jobs/hourly`)?.httpTarget;
    expect(target?.uri).toContain(`${workerUrl(sandbox)}/`);
    expect(target?.oidcToken?.audience).toBe(workerUrl(sandbox));
  });
});

describe('a directory', () => {
  it('has the project as one file, which only the user can read', async () => {
    const directory = path.join(temporaryFolder(), 'new', 'export');
    const snapshot = await exported();
    writeSnapshot(directory, snapshot);
    expect(readSnapshot(directory)).toEqual(snapshot);
    expect(fs.readdirSync(directory)).toEqual(['world.json']);
    expect(fs.statSync(path.join(directory, 'world.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    [undefined, 'world.json cannot be read ('],
    ['{', 'world.json cannot be read ('],
    ['[]', 'world.json must have the format 1, and has none'],
    ['{"format": 2}', 'world.json must have the format 1, and has 2'],
    ['{"format": 1, "now": "2027-01-01T00:00:00Z"}', 'world.json is not whole'],
  ])('is rejected if its file is %p', (text, message) => {
    const directory = temporaryFolder();
    if (text !== undefined) fs.writeFileSync(path.join(directory, 'world.json'), text);
    expect(() => readSnapshot(directory)).toThrow(message);
    expect(() => readSnapshot(directory)).toThrow('Fix: ');
  });
});
