import fc from 'fast-check';
import http from 'node:http';
import net from 'node:net';
import { createServer } from '../../sandbox/apis/server';
import { controlRoutes } from '../../sandbox/control';
import { tokenRoutes } from '../../sandbox/tokens/routes';
import { jobBody, PARENT, PROJECT, useClient } from './client';

const REQUESTS = 10_000;

const client = useClient({ reset: false });

afterAll(() => {
  agent.destroy();
});

const JOBS = `/v1/${PARENT}/jobs`;
const HEADERS = { authorization: 'Bearer test', 'content-type': 'application/json' };

interface Request {
  readonly method: string;
  readonly url: string;
  readonly payload?: string;
}

const agent = new http.Agent({ keepAlive: true });

/** Sends a path as given; other clients would normalize it. */
function send({ method, url, payload }: Request): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(client.sandbox.url);
    // Node sets no content-length for a DELETE, so the next request would be parsed wrongly.
    const length = payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) };
    const headers = { ...HEADERS, ...length };
    const options = { host: '127.0.0.1', port, method, path: url, headers, agent };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    request.on('error', reject);
    request.end(payload);
  });
}

/** The status, after checking that an error has Google's format. */
async function statusOf(request: Request, by = send): Promise<number> {
  const { status, text } = await by(request);
  if (status < 400 || request.method === 'HEAD') return status;
  if (!isGoogleError(text, status)) {
    throw new Error(`${request.method} ${request.url}: ${status} ${text}`);
  }
  return status;
}

/** Without `expect`, because ten thousand calls of it take longer than the requests. */
function isGoogleError(text: string, expected: number): boolean {
  const { error } = JSON.parse(text) as { error: Record<string, unknown> };
  const { code, message, status, details = [], ...others } = error;
  return (
    code === expected &&
    typeof message === 'string' &&
    /^[A-Z_]+$/.test(String(status)) &&
    Array.isArray(details) &&
    Object.keys(others).length === 0
  );
}

const post = (url: string, payload: string) => statusOf({ method: 'POST', url, payload });

it.each<[string, string, string]>([
  ['malformed JSON', JOBS, '{"name":'],
  ['a list as a message', JOBS, '[]'],
  ['a number as a message', JOBS, '5'],
  ['null as a message', JOBS, 'null'],
  ['a list as a string', JOBS, '{"name":["a"]}'],
  ['a prototype', JOBS, '{"__proto__":{"a":1}}'],
  ['a constructor', JOBS, '{"constructor":{"prototype":{"a":1}}}'],
  ['a field name of Object.prototype', JOBS, '{"toString":"a"}'],
  ['a deeply nested message', JOBS, `${'{"httpTarget":'.repeat(5000)}1${'}'.repeat(5000)}`],
  [
    'a list as a policy',
    `/v2/${PARENT}/services/validibot-worker-dev:setIamPolicy`,
    '{"policy":[]}',
  ],
  [
    'a string as bindings',
    `/v2/${PARENT}/services/validibot-worker-dev:setIamPolicy`,
    '{"policy":{"bindings":"x"}}',
  ],
  [
    'a number as a member',
    `/v1/projects/${PROJECT}:setIamPolicy`,
    '{"policy":{"bindings":[{"role":"roles/x","members":[1]}]}}',
  ],
  [
    'a number as a filter',
    '/v2/entries:list',
    `{"resourceNames":["projects/${PROJECT}"],"filter":1}`,
  ],
  [
    'an unclosed quote in a filter',
    '/v2/entries:list',
    `{"resourceNames":["projects/${PROJECT}"],"filter":"a=\\"b"}`,
  ],
  [
    'a deeply nested filter',
    '/v2/entries:list',
    JSON.stringify({ resourceNames: [`projects/${PROJECT}`], filter: '('.repeat(10_000) }),
  ],
  [
    'a filter with many negations',
    '/v2/entries:list',
    JSON.stringify({ resourceNames: [`projects/${PROJECT}`], filter: 'NOT '.repeat(10_000) }),
  ],
  ['no fault', '/_sandbox/faults', '{}'],
  ['an unknown fault', '/_sandbox/faults', '{"fault":"toString"}'],
  ['an unknown stage', '/_sandbox/faults', '{"fault":"worker-missing","stage":"qa"}'],
  ['a fault without its stage', '/_sandbox/faults', '{"fault":"grant-missing"}'],
  ['a fault with a code that is not an error', '/_sandbox/faults', '{"fault":"call","code":200}'],
  ['a fault that never occurs', '/_sandbox/faults', '{"fault":"call","code":503,"times":0}'],
])('rejects %s with 400', async (_what, url, payload) => {
  expect(await post(url, payload)).toBe(400);
});

it('rejects a body of 5 MB, and responds to the next call', async () => {
  expect(await post(JOBS, JSON.stringify({ description: 'x'.repeat(5_000_000) }))).toBe(413);
  expect(await statusOf({ method: 'GET', url: JOBS })).toBe(200);
});

it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('rejects %s on the list', async (method) => {
  expect(await statusOf({ method, url: JOBS })).toBe(404);
});

const INVALID_PATHS = [
  `${JOBS}/..%2F..%2F..%2Fetc%2Fpasswd`,
  `${JOBS}/../../../../../etc/passwd`,
  `${JOBS}/%00`,
  `${JOBS}/%E0%A4%A`,
  `${JOBS}/${'a'.repeat(5000)}`,
  `${JOBS}//:run`,
  `${JOBS}/:run`,
  `/v1/v1/v1/${PARENT}/jobs/a`,
  '/v1/projects/__proto__/locations/x/jobs/constructor',
  '/_sandbox/constructor',
  '/v1/operations/..%2f..',
];

it.each(INVALID_PATHS.map((url) => [url.slice(0, 90), url]))(
  'serves nothing at %s',
  async (_, url) => {
    const status = await statusOf({ method: 'GET', url });
    expect(url.includes('operations') ? [200, 404] : [400, 403, 404, 414]).toContain(status);
  },
);

it('rejects what is not HTTP with 400, and responds to the next call', async () => {
  const { port } = new URL(client.sandbox.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
    socket.on('data', (data) => {
      resolve(data.toString());
    });
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(await statusOf({ method: 'GET', url: JOBS })).toBe(200);
});

const CONDITION_KINDS = [
  'conditionMatchedLog',
  'conditionPrometheusQueryLanguage',
  'conditionAbsent',
  'conditionThreshold',
];
const QUERIES = [
  { filter: 'severity>=ERROR', labelExtractors: { job: 'EXTRACT(a.b)' } },
  { query: 'increase(runs[60s]) > 0', disableMetricValidation: true },
  { duration: '600s' },
];

/** Tokens of filters and of PromQL, in any order. */
const queryText = fc
  .array(fc.constantFrom('a', '.', '=', '"', '(', ')', ' OR ', 'log_id', '>', '[60s]', '{', '}'))
  .map((pieces) => pieces.join(''));

/** Any character, without lone surrogates. Creating fast-check's own `webPath` and `string` takes a second. */
const character = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));

const pathEnd = fc
  .array(fc.array(character).map((characters) => `/${encodeURI(characters.join(''))}`))
  .map((segments) => segments.join(''));

it(`never responds with 500 to ${REQUESTS} generated requests`, async () => {
  const job = JSON.parse(JSON.stringify(jobBody(client.sandbox, 'job'))) as object;
  const paths = [
    JOBS,
    `${JOBS}/job`,
    `${JOBS}/job:run`,
    `${JOBS}/job:pause`,
    `${JOBS}/job:resume`,
    `/v1/projects/${PROJECT}/locations`,
    `/v1/projects/${PROJECT}`,
    `/v1/projects/${PROJECT}:getIamPolicy`,
    `/v1/projects/${PROJECT}:setIamPolicy`,
    `/v1/projects/${PROJECT}/serviceAccounts`,
    `/v1/projects/${PROJECT}/services`,
    `/v1/projects/${PROJECT}/services:batchEnable`,
    `/v2/${PARENT}/services`,
    `/v2/${PARENT}/services/validibot-worker-dev:setIamPolicy`,
    `/v3/projects/${PROJECT}/alertPolicies`,
    `/v3/projects/${PROJECT}/alertPolicies/1000000000001`,
    `/v3/projects/${PROJECT}/notificationChannels`,
    `/v3/projects/${PROJECT}/alerts`,
    `/v2/projects/${PROJECT}/metrics`,
    `/v2/projects/${PROJECT}/metrics/runs`,
    '/v2/entries:list',
    '/_sandbox/settings',
    '/oauth2/v3/certs',
  ];
  const keys = [
    ...Object.keys(job),
    'policy',
    'bindings',
    'filter',
    'resourceNames',
    'retryConfig',
  ];
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()).map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.constantFrom(...keys), fc.jsonValue())
      .map(([key, value]) => JSON.stringify({ ...job, [key]: value })),
    fc
      .tuple(fc.constantFrom(...CONDITION_KINDS), fc.constantFrom(...QUERIES, {}, null), queryText)
      .map(([kind, query, text]) =>
        JSON.stringify({
          name: 'runs',
          filter: text,
          displayName: 'policy',
          conditions: [{ displayName: 'c', [kind]: { filter: text, query: text, ...query } }],
          alertStrategy: { notificationRateLimit: { period: '300s' } },
        }),
      ),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT'),
    url: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...paths) },
      fc.tuple(fc.constantFrom(...paths), pathEnd).map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom(...paths), fc.webQueryParameters()).map((parts) => parts.join('?')),
    ),
    payload: body,
  });
  // The same routes without sockets, which the tests above cover.
  const app = createServer(client.sandbox.context, {
    faultOf: () => undefined,
    answered: () => undefined,
  });
  tokenRoutes(app, client.sandbox.tokens);
  controlRoutes(app, client.sandbox.context, () => '');
  const inject: typeof send = async ({ method, url, payload }) => {
    const options = { method: method as 'GET', url, headers: HEADERS, payload };
    const { statusCode, payload: text } = await app.inject(options);
    return { status: statusCode, text };
  };
  await fc.assert(
    fc.asyncProperty(request, async ({ method, url, payload }) => {
      const sent = { method, url, ...(method !== 'GET' && { payload }) };
      const status = await statusOf(sent, inject);
      return status < 500;
    }),
    { numRuns: REQUESTS },
  );
}, 120_000);
