import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { generate } from 'selfsigned';
import { runProcess } from '../../../lib/run-process';
import { hcpApi } from '../../../ops/terraform/hcp/api';
import { temporaryFolder } from '../../support/temporary-folder';
import { bareEnvironment, ROOT, runOps } from '../support';

// A name that only the proxy can resolve, so that a direct call fails.
const HOST = 'cloud.test';

/** A proxy for tunnels, which leads all of them to one server. */
async function startProxy(target: number) {
  const tunnels: { to: string; authorization: string | undefined }[] = [];
  const server = http.createServer();
  server.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
    tunnels.push({
      to: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    const upstream = net.connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  return { server, port: await listen(server), tunnels };
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

let google: https.Server;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let env: NodeJS.ProcessEnv;
const requests: { url: string; authorization: string | undefined }[] = [];

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: HOST }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
  });
  google = https.createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    const { authorization } = request.headers;
    requests.push({ url: request.url ?? '', authorization });
    const body = request.url?.includes('/comments') ? [] : {};
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  proxy = await startProxy(await listen(google));
  const authority = path.join(temporaryFolder(), 'ca.pem');
  fs.writeFileSync(authority, pems.cert);
  env = bareEnvironment({
    GCP_PROJECT_ID: 'my-project',
    GOOGLE_OAUTH_ACCESS_TOKEN: 'token',
    GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: `https://${HOST}/v1/`,
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: `https://${HOST}/v2/`,
    HTTPS_PROXY: `http://user:secret@127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: authority,
  });
});
afterAll(() => {
  proxy.server.closeAllConnections();
  proxy.server.close();
  google.closeAllConnections();
  google.close();
});
beforeEach(() => {
  proxy.tunnels.length = 0;
  requests.length = 0;
});

it("calls Google's APIs through a tunnel", async () => {
  const { status, stdout, stderr } = await runOps(env, ['list', 'dev', '--json']);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ project: 'my-project' });
  expect(status).toBe(0);
  expect(requests).toContainEqual({
    url: expect.stringContaining('/v1/projects/my-project/locations/') as string,
    authorization: 'Bearer token',
  });
  // The proxy gets its own password, and no token of Google's.
  const basic = `Basic ${Buffer.from('user:secret').toString('base64')}`;
  expect(proxy.tunnels[0]).toEqual({ to: `${HOST}:443`, authorization: basic });
});

it('does not use the proxy for a host in NO_PROXY', async () => {
  const { status, stderr } = await runOps({ ...env, NO_PROXY: '.test' }, ['list', 'dev']);
  expect(proxy.tunnels).toEqual([]);
  expect(stderr).toContain(HOST);
  expect(status).toBe(1);
});

it('names a proxy that does not answer, without its password', async () => {
  const closed = http.createServer();
  const port = await listen(closed);
  await new Promise((resolve) => closed.close(resolve));
  const without = { ...env, HTTPS_PROXY: `http://user:secret@127.0.0.1:${port}` };
  const { status, stdout, stderr } = await runOps(without, ['list', 'dev']);
  expect(stderr).toContain(`through the proxy 127.0.0.1:${port}`);
  expect(`${stdout}${stderr}`).not.toContain('secret');
  expect(status).toBe(1);
});

it('names a proxy that opens no tunnel, which nobody interrupted', async () => {
  const refusing = http.createServer();
  refusing.on('connect', (_, client: net.Socket) => {
    client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  const port = await listen(refusing);
  const through = { ...env, HTTPS_PROXY: `http://127.0.0.1:${port}` };
  const { status, stderr } = await runOps(through, ['list', 'dev']);
  refusing.close();
  expect(stderr).toContain(`through the proxy 127.0.0.1:${port}`);
  expect(stderr).toContain('407');
  expect(stderr).not.toContain('Interrupted');
  expect(status).toBe(1);
});

it("gets Google's tokens through the proxy", async () => {
  const credentials = path.join(temporaryFolder(), 'credentials.json');
  fs.writeFileSync(
    credentials,
    JSON.stringify({
      type: 'authorized_user',
      client_id: 'id',
      client_secret: 'x',
      refresh_token: 'x',
    }),
  );
  await runOps(
    { ...env, GOOGLE_OAUTH_ACCESS_TOKEN: undefined, GOOGLE_APPLICATION_CREDENTIALS: credentials },
    ['list', 'dev'],
  );
  expect(proxy.tunnels.map(({ to }) => to)).toContain('oauth2.googleapis.com:443');
});

it("calls HCP Terraform's API through the proxy, with the authorities that terraform trusts", async () => {
  const api = hcpApi(
    { env: { ...env, SSL_CERT_FILE: env.NODE_EXTRA_CA_CERTS, TF_TOKEN_cloud_test: 'hcp' } },
    HOST,
  );
  expect(await api.get('organizations/acme')).toEqual({ kind: 'json', value: {} });
  expect(requests).toEqual([{ url: '/api/v2/organizations/acme', authorization: 'Bearer hcp' }]);
  expect(proxy.tunnels).toHaveLength(1);
});

it("calls GitHub's API through the proxy", async () => {
  const review = path.join(temporaryFolder(), 'dev.md');
  fs.writeFileSync(review, 'review');
  const { status, stderr } = await runProcess(
    'node',
    ['lib/launch/main.js', 'ci/workflows/comment.ts', '7', review],
    {
      cwd: ROOT,
      env: {
        ...env,
        GITHUB_API_URL: `https://${HOST}/api/v3`,
        GITHUB_TOKEN: 'github',
        GITHUB_REPOSITORY: 'acme/jobs',
      },
    },
  );
  expect(stderr).toBe('');
  expect(requests[0]).toEqual({
    url: '/api/v3/repos/acme/jobs/issues/7/comments?per_page=100',
    authorization: 'token github',
  });
  expect(status).toBe(0);
});
