import http from 'node:http';
import { refusalOf } from '../../sandbox/protocol/guard';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { createSeed } from '../../stages/seed';
import { workerUrl } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: createSeed('validibot'), allowedHosts: ['sandbox', 'a:9'] });
});
afterAll(() => sandbox.close());

/** `fetch` does not let callers set Host. */
function send(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      method,
      headers: { authorization: 'Bearer x', ...headers },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    request.end();
  });
}

const JOBS = '/v1/projects/validibot-sandbox/locations/australia-southeast1/jobs';
const port = () => new URL(sandbox.url).port;

describe('a request of a web page gets 403', () => {
  it.each<[string, string, string, Record<string, string>]>([
    ['sets a fault', 'POST', '/_sandbox/faults', { origin: 'https://evil.example' }],
    ['asks before it does', 'OPTIONS', '/_sandbox/faults', { origin: 'https://evil.example' }],
    ['creates a job', 'POST', JOBS, { origin: 'https://evil.example' }],
    ['is in a sandboxed frame', 'POST', JOBS, { origin: 'null' }],
    ['is served by another port of this machine', 'POST', JOBS, { origin: 'http://127.0.0.1:1' }],
    ['loads an image, without Origin', 'GET', JOBS, { 'sec-fetch-site': 'cross-site' }],
    ['asks for what does not exist', 'GET', '/nothing', { origin: 'https://evil.example' }],
  ])('that %s', async (_, method, path, headers) => {
    const { status, text } = await send(`${sandbox.url}${path}`, headers, method);
    expect(JSON.parse(text)).toMatchObject({ error: { status: 'PERMISSION_DENIED' } });
    expect(status).toBe(403);
  });

  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    'localhost.:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'user@127.0.0.1:PORT',
    'sandbox:1',
    'a:PORT',
  ])('whose name resolves to this machine, as %s', async (host) => {
    const headers = { host: host.replace('PORT', port()) };
    const { status, text } = await send(`${sandbox.url}/_sandbox/faults`, headers, 'DELETE');
    expect(status).toBe(403);
    expect(text).toContain('Fix: call it at http://127.0.0.1:');
  });

  it("that calls a service directly, even as the service's own backend would", async () => {
    const url = workerUrl(sandbox);
    expect((await send(url, { host: 'evil.example' })).status).toBe(403);
    expect((await send(url, { origin: 'https://evil.example' }, 'POST')).text).toContain(
      'does not answer web pages of another origin',
    );
  });

  it('before it uses up an injected fault', async () => {
    const fault = { fault: 'call', code: 503, method: 'GET', path: '/jobs', times: 1 };
    await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
    await send(`${sandbox.url}${JOBS}`, { origin: 'https://evil.example' });
    expect((await send(`${sandbox.url}${JOBS}`, {})).status).toBe(503);
  });
});

describe('answers', () => {
  it.each([
    '127.0.0.1:PORT',
    'localhost:PORT',
    'LOCALHOST:PORT',
    '[::1]:PORT',
    'sandbox:PORT',
    'a:9',
  ])('requests for host %s', async (host) => {
    const headers = { host: host.replace('PORT', port()) };
    expect((await send(`${sandbox.url}/_sandbox/faults`, headers)).status).toBe(200);
  });

  it('its own pages, and addresses that a person types', async () => {
    const accepted: Record<string, string>[] = [
      { origin: sandbox.url },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of accepted) {
      expect((await send(`${sandbox.url}/_sandbox/faults`, headers)).status).toBe(200);
    }
  });

  it('on the default port without its number', () => {
    const sender = { headers: { host: 'localhost' }, socket: { localPort: 80 } };
    expect(refusalOf(sender)).toBeUndefined();
  });
});
