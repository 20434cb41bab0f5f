import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { emptyProject } from '../../sandbox/empty-project';

const PARENT = 'projects/my-project/locations/europe-west1';

let sandbox: Sandbox;
const lines: string[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({
    seed: emptyProject({ projectId: 'my-project', region: 'europe-west1' }),
    report: (line) => lines.push(line),
  });
});
afterAll(() => sandbox.close());

async function call(method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: 'Bearer x' };
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

const page = async (): Promise<string> => (await fetch(sandbox.url)).text();

it('serves the page, and lets it run only its own script', async () => {
  const response = await fetch(sandbox.url);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none'; .*script-src 'sha256-/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(await response.text()).toContain('Sandbox: scheduled jobs in my-project (europe-west1)');
});

it('prints no line for it', async () => {
  await page();
  expect(lines.filter((line) => line.startsWith('GET / '))).toEqual([]);
});

it('is not served to other web pages', async () => {
  const response = await fetch(sandbox.url, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(response.status).toBe(403);
});

it('shows the jobs with their runs, by the service that they call', async () => {
  const [service] = sandbox.world.services.values();
  const create = (id: string, uri: string, more: object = {}): Promise<void> =>
    call('POST', `/v1/${PARENT}/jobs`, {
      name: `${PARENT}/jobs/${id}`,
      schedule: '0 * * * *',
      timeZone: 'Europe/Berlin',
      httpTarget: { uri },
      ...more,
    });
  await create('ours', `${service?.urls[0]}/x`, { description: '<b>bold</b>' });
  await create('elsewhere', 'https://example.com/');
  await create('paused', `${service?.urls[0]}/x`);
  await call('POST', `/v1/${PARENT}/jobs/paused:pause`, {});
  await call('POST', '/_sandbox/advance', { seconds: 7200 });
  const text = await page();
  expect(text).toContain('Jobs of worker');
  expect(text).toContain('Jobs of other jobs');
  expect(text).toContain('401: UNAUTHENTICATED');
  expect(text).toContain('UNAVAILABLE');
  expect(text).toContain('paused: by the API');
  expect(text).toContain('&lt;b&gt;bold&lt;/b&gt;');
});

it('lists the active faults', async () => {
  await call('POST', '/_sandbox/faults', { fault: 'worker-failing', stage: 'worker', path: '/x' });
  expect(await page()).toMatch(/worker-failing, .*path \/x/);
});
