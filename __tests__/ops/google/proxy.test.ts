import { checkProxies, proxyFor } from '../../../ops/google/proxy';

const PROXY = 'http://proxy.example:3128';

function through(url: string, env: Record<string, string>): string | undefined {
  return proxyFor(new URL(url), env)?.host;
}

it.each([
  [{ HTTPS_PROXY: PROXY }, 'proxy.example:3128'],
  [{ https_proxy: PROXY }, 'proxy.example:3128'],
  [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other:1' }, 'proxy.example:3128'],
  [{ https_proxy: '', HTTPS_PROXY: PROXY }, 'proxy.example:3128'],
  [{ HTTPS_PROXY: 'proxy.example:3128' }, 'proxy.example:3128'],
  [{ HTTPS_PROXY: 'https://user:pass@proxy.example' }, 'proxy.example'],
  [{ HTTP_PROXY: PROXY }, undefined],
  [{}, undefined],
])('calls https with %j through %s', (env, proxy) => {
  expect(through('https://run.googleapis.com/v2/', env)).toBe(proxy);
});

it('calls http through HTTP_PROXY', () => {
  expect(through('http://example.com/', { HTTP_PROXY: PROXY })).toBe('proxy.example:3128');
  expect(through('http://example.com/', { HTTPS_PROXY: PROXY })).toBeUndefined();
});

it.each(['localhost', '127.0.0.1:8085', '127.8.8.8', '[::1]:80'])(
  'never calls %s through one',
  (host) => {
    expect(through(`http://${host}/`, { HTTP_PROXY: PROXY })).toBeUndefined();
    expect(through(`https://${host}/`, { HTTPS_PROXY: PROXY })).toBeUndefined();
  },
);

it.each([
  ['*', 'run.googleapis.com', true],
  ['googleapis.com', 'run.googleapis.com', true],
  ['.googleapis.com', 'run.googleapis.com', true],
  ['*.googleapis.com', 'RUN.googleapis.com', true],
  ['a.com, GOOGLEAPIS.com', 'run.googleapis.com', true],
  ['a.com b.com', 'b.com', true],
  ['.googleapis.com', 'googleapis.com', false],
  ['apis.com', 'run.googleapis.com', false],
  ['example.com', 'example.com.evil.org', false],
  ['example.com:443', 'example.com', true],
  ['example.com:8443', 'example.com', false],
  ['example.com:8443', 'example.com:8443', true],
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.1.2.3', false],
  ['10.0.0.0/99', '10.1.2.3', false],
  ['10.0.0.0/8', 'example.com', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1:8443', '192.0.2.1', false],
  ['2001:db8::/32', '[2001:db8::1]', true],
  ['2001:db8::1', '[2001:db8::1]', true],
  ['', 'example.com', false],
])('NO_PROXY=%s and %s: direct %p', (exceptions, host, direct) => {
  for (const name of ['NO_PROXY', 'no_proxy']) {
    const found = through(`https://${host}/`, { HTTPS_PROXY: PROXY, [name]: exceptions });
    expect(found === undefined).toBe(direct);
  }
});

it('rejects a proxy that cannot be used, without its password', () => {
  const env = { HTTPS_PROXY: 'socks5://user:secret@proxy:1080', http_proxy: 'http://:secret@' };
  const mistakes = checkProxies(env);
  expect(mistakes.map(({ subject, given }) => [subject, given])).toEqual([
    ['HTTPS_PROXY', 'socks5://…'],
    ['http_proxy', 'http://…'],
  ]);
  expect(JSON.stringify(mistakes)).not.toContain('secret');
  expect(checkProxies({ HTTPS_PROXY: PROXY, HTTP_PROXY: '' })).toEqual([]);
});
