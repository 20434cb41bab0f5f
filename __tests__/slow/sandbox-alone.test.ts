import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * The promise of sandbox/README.md: another project copies the folder, with constructs/ for the
 * schedules, and its own service is called as by Cloud Scheduler.
 */

const root = path.join(__dirname, '..', '..');
const ACCOUNT = 'scheduler@my-project.iam.gserviceaccount.com';
const PARENT = 'projects/my-project/locations/europe-west1';

jest.setTimeout(5 * 60_000);

const project = temporaryFolder();

beforeAll(() => {
  fs.writeFileSync(path.join(project, 'package.json'), '{"name": "reports", "private": true}');
  for (const folder of ['constructs', 'page', 'sandbox']) {
    fs.cpSync(path.join(root, folder), path.join(project, folder), { recursive: true });
  }
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    './constructs',
    './page',
    './sandbox',
  ];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm install ended with ${status}:\n${stdout}${stderr}`);
});

it('needs no CDKTF', () => {
  expect(fs.existsSync(path.join(project, 'node_modules', 'fastify'))).toBe(true);
  expect(fs.existsSync(path.join(project, 'node_modules', 'cdktf'))).toBe(false);
});

describe('with the project’s own service', () => {
  const calls: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    calls.push(request);
    response.end('done');
  });
  let child: ReturnType<typeof spawn>;
  let url = '';
  let output = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    child = spawn(
      path.join(project, 'node_modules', '.bin', 'scheduled-jobs-sandbox'),
      [
        '--project=my-project',
        '--region=europe-west1',
        `--service=reports=http://127.0.0.1:${port}`,
      ],
      { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    while (url === '' && child.exitCode === null) {
      await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'close')]);
      url = /# The sandbox is at (\S+);/.exec(output)?.[1] ?? '';
    }
  });

  afterAll(async () => {
    server.close();
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'close');
  });

  async function call(method: string, place: string, body?: object): Promise<object> {
    const response = await fetch(`${url}${place}`, {
      method,
      headers: { authorization: 'Bearer any' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as object;
    if (!response.ok) throw new Error(`${method} ${place}: ${JSON.stringify(answer)}`);
    return answer;
  }

  it('serves its page', async () => {
    const text = await (await fetch(url)).text();
    expect(text).toContain('Sandbox: scheduled jobs in my-project (europe-west1)');
  });

  it('prints where the service is and which account it runs as', () => {
    expect(output).toMatch(/^# reports is at http:\/\/127\.0\.0\.1:\d+ and runs as (\S+)$/m);
    expect(output).toContain(` runs as ${ACCOUNT}\n`);
    expect(output).toContain('export GCP_PROJECT_ID=my-project\n');
  });

  it('calls the service in a forced run, with a token like Google’s', async () => {
    const service = /# reports is at (\S+)/.exec(output)?.[1] ?? '';
    await call('POST', `/v2/${PARENT}/services/reports:setIamPolicy`, {
      policy: { bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }] },
    });
    await call('POST', `/v1/${PARENT}/jobs`, {
      name: `${PARENT}/jobs/nightly`,
      schedule: '30 4 * * *',
      timeZone: 'Europe/Berlin',
      httpTarget: {
        uri: `${service}/nightly`,
        httpMethod: 'POST',
        oidcToken: { serviceAccountEmail: ACCOUNT, audience: service },
      },
    });
    await call('POST', `/v1/${PARENT}/jobs/nightly:run`, {});
    // Returns when the run has finished.
    await call('POST', '/_sandbox/advance', { seconds: 1 });

    expect(calls.map(({ method, url: called }) => [method, called])).toEqual([
      ['POST', '/nightly'],
    ]);
    const token = calls[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const keys = createRemoteJWKSet(new URL(`${url}/oauth2/v3/certs`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: 'https://accounts.google.com',
      audience: service,
    });
    expect(payload).toMatchObject({ email: ACCOUNT, email_verified: true });
    expect(await call('GET', `/v1/${PARENT}/jobs/nightly`)).toMatchObject({ status: {} });
  });
});
