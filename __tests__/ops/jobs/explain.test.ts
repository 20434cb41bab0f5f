import { explain, type Evidence } from '../../../ops/jobs/explain';
import { rejectionIn } from '../../../ops/jobs/rejection';
import type { Job } from '../../../ops/google/scheduler';
import { renderFix } from '../../../ops/fixes/render';
import { describeResult, resultOf, resultOfCode } from '../../../ops/jobs/result';
import { tableJobs } from '../../../ops/jobs/table';
import { readSettings } from '../../../stages/settings';

const URL_1 = 'https://w-abc-ts.a.run.app';
const URL_2 = 'https://w-123.australia-southeast1.run.app';
const ACCOUNT = 'validibot-cloudrun-dev@my-project.iam.gserviceaccount.com';
const LOCATION = { project: 'my-project', region: 'r' };
const [TABLE] = tableJobs({ ...readSettings({}), location: LOCATION }, ['dev']);
const REJECTED = resultOf('UNAUTHENTICATED', 401);

/** What a real worker logged, and the reason. */
const LINES = [
  [
    'audience',
    `Worker OIDC verification failed: Token has wrong audience ${URL_1}, expected one of ['${URL_2}']`,
  ],
  ['account', `Worker OIDC token rejected: non-allowlisted SA (${ACCOUNT})`],
  ['expired', 'Worker OIDC verification failed: Token expired, 1795671113 < 1795674713'],
  [
    'early',
    "Worker OIDC verification failed: Token used too early, 1795666937 < 1795667537. Check that your computer's clock is set correctly.",
  ],
  [
    'certificates',
    "Worker OIDC verification failed: HTTPSConnectionPool(host='www.googleapis.com', port=443): Max retries exceeded with url: /oauth2/v1/certs (Caused by NameResolutionError(\"HTTPSConnection(host='www.googleapis.com', port=443): Failed to resolve 'www.googleapis.com' ([Errno -2] Name or service not known)\"))",
  ],
  [
    'certificates',
    'Worker OIDC verification failed: Could not fetch certificates at https://www.googleapis.com/oauth2/v1/certs',
  ],
  ['signature', 'Worker OIDC verification failed: Certificate for key id abc not found.'],
  [
    'missing',
    'Worker endpoint called without Bearer OIDC token (deployment=gcp, path=/api/v1/scheduled/clear-sessions/)',
  ],
] as const;

function explained(text: string | undefined, changes: Partial<Evidence> = {}) {
  if (TABLE === undefined) throw new Error('no job');
  const lines = text === undefined ? [] : [{ at: new Date(), severity: 'WARNING', text }];
  const oidcToken = { serviceAccountEmail: ACCOUNT, audience: URL_1 };
  const advice = explain(REJECTED, TABLE, {
    log: { kind: 'read', lines, isByTime: true },
    live: { name: TABLE.name, httpTarget: { uri: `${URL_1}/x/`, oidcToken } },
    origins: [URL_1, URL_2],
    workerUrl: URL_1,
    ...changes,
  });
  return { cause: advice?.cause ?? '', fix: advice ? renderFix(advice.fix) : '' };
}

it.each(LINES)('recognizes %s in %s', (reason, line) => {
  expect(rejectionIn(line)?.reason).toBe(reason);
});

it('gives each reason a cause of its own', () => {
  const causes = LINES.slice(0, 5).map(([, line]) => explained(line).cause);
  expect(new Set(causes).size).toBe(5);
});

it('offers to use the URL that the worker expects, or to change the worker', () => {
  const { cause, fix } = explained(LINES[0][1]);
  expect(cause).toContain(`the token's audience is ${URL_1}, and the worker expects ${URL_2}`);
  expect(fix).toContain(
    `in stages/stages.ts, set workerUrl of dev to ${URL_2}, then just gcp-scheduler-setup dev`,
  );
  expect(fix).toContain(`set WORKER_URL to ${URL_1}, then just gcp deploy-worker dev`);
});

it('never offers a URL that is not one of the service', () => {
  const line = LINES[0][1].replace(URL_2, 'https://evil.example.com');
  expect(explained(line).fix).not.toContain('evil');
});

it('runs again when the job has the expected audience now, and deploys when the table has', () => {
  const line = `Worker OIDC verification failed: Token has wrong audience ${URL_2}, expected one of ['${URL_1}']`;
  expect(explained(line).fix).toBe(`just gcp-scheduler-run ${TABLE?.name}`);
  const live = { name: 'a', httpTarget: { uri: `${URL_2}/x/`, oidcToken: { audience: URL_2 } } };
  expect(explained(line, { live }).fix).toMatch(/^just gcp-scheduler-setup dev, then/);
});

it('names the allow-list and the account', () => {
  const { cause, fix } = explained(LINES[1][1]);
  expect(cause).toContain('TASK_OIDC_ALLOWED_SERVICE_ACCOUNTS');
  expect(fix).toContain(`add ${ACCOUNT} to the allow-list`);
});

it.each<[string, Partial<Evidence>, string]>([
  ['says nothing', {}, 'its log does not say why'],
  [
    'cannot be read',
    { log: { kind: 'unreadable', why: '403: no' } },
    'its log could not be read: 403: no',
  ],
])(
  'says what cannot be read, both URLs and the allow-list when the log %s',
  (_what, changes, why) => {
    const { cause, fix } = explained(undefined, changes);
    expect(cause).toContain(why);
    expect(cause).toContain('in a secret that it mounts, which is not read here');
    expect(cause).toContain(`${URL_1} or ${URL_2}; the job has ${URL_1}`);
    expect(cause).toContain(`${ACCOUNT} in its TASK_OIDC_ALLOWED_SERVICE_ACCOUNTS`);
    expect(fix).toContain(`set workerUrl of dev to ${URL_2}`);
    expect(fix).toContain("in the worker's settings, set WORKER_URL");
  },
);

it('explains a failed task by its exception', () => {
  const text = 'Unhandled exception in API view: app.Wrong: no';
  const log = {
    kind: 'read',
    isByTime: true,
    lines: [
      { at: new Date(), severity: 'ERROR', text: 'Internal Server Error: /x/' },
      { at: new Date(), severity: 'ERROR', text, isException: true },
      { at: new Date(), severity: 'ERROR', text: 'later' },
    ],
  } as const;
  if (TABLE === undefined) throw new Error('no job');
  const evidence = { log, live: undefined, origins: [], workerUrl: undefined };
  const advice = explain(resultOf('INTERNAL', 500), TABLE, evidence);
  expect(advice?.cause).toBe(`the task failed in the worker; its log says: ${text}`);
});

it.each<[number, Job['httpTarget'], string, string]>([
  [405, { httpMethod: 'GET' }, 'httpMethod is GET instead of POST', 'setup'],
  [415, { body: 'e30=' }, 'body is set instead of none', 'setup'],
  [500, { uri: `${URL_1}/api/v1/scheduled/clear-sessions` }, 'uri is ', 'doctor'],
])('explains %i by a request that is not of the table', (status, target, difference, command) => {
  if (TABLE === undefined) throw new Error('no job');
  const { uri } = TABLE.propsWith(URL_1);
  const live = { name: TABLE.name, httpTarget: { uri, ...target } };
  const log = { kind: 'read', isByTime: true, lines: [] } as const;
  const evidence = { log, live, origins: [], workerUrl: URL_1 };
  const advice = explain(resultOf('UNKNOWN', status), TABLE, evidence);
  expect(advice?.cause).toContain(`; the job's ${difference}`);
  expect(advice && renderFix(advice.fix)).toContain(`just gcp-scheduler-${command} dev`);
});

it.each([302, 400, 405, 415])('does not call %i a failure of the task', (status) => {
  if (TABLE === undefined) throw new Error('no job');
  const log = { kind: 'read', isByTime: true, lines: [] } as const;
  const evidence = { log, live: undefined, origins: [], workerUrl: undefined };
  const result = resultOf('UNKNOWN', status);
  expect(describeResult(result)).toBe(`${status}: request refused by the worker`);
  expect(explain(result, TABLE, evidence)?.cause).toBe(
    'the worker does not take the request; its log says nothing about it',
  );
});

it('shows no status of which a code may stand for several', () => {
  expect(describeResult(resultOfCode(3))).toBe('INVALID_ARGUMENT: request refused by the worker');
});

it('takes 429 for a worker that has no free instance', () => {
  expect(describeResult(resultOf('RESOURCE_EXHAUSTED', 429))).toBe('429: worker unavailable');
});
