import { exportPKCS8, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { Tokens } from '../../sandbox/tokens/tokens';
import { ACCOUNT, grantInvoker, useClient, workerUrl } from './client';

const client = useClient({ reset: false });

beforeAll(() => grantInvoker(client));

const PATH = '/api/v1/scheduled/clear-sessions/';

const subject = (email = ACCOUNT) =>
  client.sandbox.world.accounts.get(email) ?? { email, uniqueId: '1' };

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function post(token: string | undefined, path = PATH, init: Init = {}) {
  const response = await fetch(`${workerUrl(client.sandbox)}${path}`, {
    method: 'POST',
    ...init,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...init.headers },
  });
  return { status: response.status, text: await response.text() };
}

const sign = (audience = workerUrl(client.sandbox), now = Date.now(), email?: string) =>
  client.sandbox.tokens.sign(subject(email), audience, now);

describe('Cloud Run accepts', () => {
  it("an invoker's token for the service's URL", async () => {
    expect(await post(await sign())).toEqual({
      status: 200,
      text: JSON.stringify({
        task: 'clear-sessions',
        status: 'completed',
        output: 'clear-sessions: done',
      }),
    });
  });

  it("a token for the service's other URL", async () => {
    const other = client.sandbox.world.services.get('validibot-worker-dev')?.urls[1];
    expect((await post(await sign(other))).status).toBe(200);
    const atOther = await fetch(`${other ?? ''}${PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await sign(other)}` },
    });
    expect(atOther.status).toBe(200);
  });
});

describe('Cloud Run responds with 401', () => {
  it('without a token', async () => {
    expect((await post(undefined)).status).toBe(401);
  });

  it('to a malformed token', async () => {
    expect((await post('nonsense')).status).toBe(401);
  });

  it.each(['with a trailing slash', 'with the path', 'of another service'])(
    'to an audience %s',
    async (which) => {
      const url = workerUrl(client.sandbox);
      const audience = {
        'with a trailing slash': `${url}/`,
        'with the path': `${url}${PATH}`,
        'of another service': workerUrl(client.sandbox, 'validibot-worker-staging'),
      }[which];
      expect((await post(await sign(audience))).status).toBe(401);
    },
  );

  it('to an expired token', async () => {
    expect((await post(await sign(undefined, Date.now() - 3_601_000))).status).toBe(401);
  });

  it('to an unsigned token', async () => {
    const token = new UnsecuredJWT({ email: ACCOUNT })
      .setIssuer('https://accounts.google.com')
      .setAudience(workerUrl(client.sandbox))
      .setExpirationTime('1h')
      .encode();
    expect((await post(token)).status).toBe(401);
  });

  it('to a token signed with another key', async () => {
    const other = new Tokens();
    const token = await other.sign(subject(), workerUrl(client.sandbox), Date.now());
    expect((await post(token)).status).toBe(401);
  });

  it('to a token signed with the public key as HMAC secret', async () => {
    const secret = new TextEncoder().encode(
      Object.values(await client.sandbox.tokens.certificates())[0],
    );
    const token = await new SignJWT({ email: ACCOUNT })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('https://accounts.google.com')
      .setAudience(workerUrl(client.sandbox))
      .setExpirationTime('1h')
      .sign(secret);
    expect((await post(token)).status).toBe(401);
  });

  it('to another issuer', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    expect(await exportPKCS8(privateKey)).toContain('PRIVATE KEY');
    const token = await new SignJWT({ email: ACCOUNT })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer('https://example.com')
      .setAudience(workerUrl(client.sandbox))
      .setExpirationTime('1h')
      .sign(privateKey);
    expect((await post(token)).status).toBe(401);
  });
});

it('responds with 403 to an account without the grant', async () => {
  const staging = ACCOUNT.replace('-dev@', '-staging@');
  expect((await post(await sign(undefined, undefined, staging))).status).toBe(403);
});

describe('the worker responds to', () => {
  it.each<[string, string, Init, number]>([
    ['a path without the trailing slash', PATH.slice(0, -1), {}, 500],
    ['GET', PATH, { method: 'GET' }, 405],
    ['octets', PATH, { headers: { 'content-type': 'application/octet-stream' }, body: 'x' }, 415],
    ['JSON', PATH, { headers: { 'content-type': 'application/json' }, body: '{}' }, 200],
    ['another path', '/api/v1/scheduled/nothing/', {}, 404],
    ['the root', '/', {}, 404],
  ])('%s', async (_what, path, init, status) => {
    expect((await post(await sign(), path, init)).status).toBe(status);
  });
});
