import type { Job } from '../../../ops/google/scheduler';
import { differences } from '../../../ops/jobs/compare';
import { findJob } from '../../../ops/jobs/table';
import { readSettings } from '../../../stages/settings';

const WORKER = 'https://validibot-worker-dev-abc-ts.a.run.app';
const ACCOUNT = 'validibot-cloudrun-dev@my-project.iam.gserviceaccount.com';
const LOCATION = { project: 'my-project', region: 'australia-southeast1' };
const TABLE = findJob({ ...readSettings({}), location: LOCATION }, 'clear-sessions', 'dev');

/** The job that a deploy creates, as the API returns it. */
const GOOD: Job = {
  name: 'projects/my-project/locations/australia-southeast1/jobs/validibot-clear-sessions-dev',
  description: 'Remove expired Django sessions from the database',
  schedule: '0 2 * * *',
  timeZone: 'Australia/Sydney',
  state: 'ENABLED',
  attemptDeadline: '600s',
  retryConfig: {
    maxRetryDuration: '0s',
    minBackoffDuration: '5s',
    maxBackoffDuration: '3600s',
    maxDoublings: 5,
  },
  httpTarget: {
    uri: `${WORKER}/api/v1/scheduled/clear-sessions/`,
    httpMethod: 'POST',
    headers: { 'User-Agent': 'Google-Cloud-Scheduler', Authorization: 'Bearer secret' },
    oidcToken: { serviceAccountEmail: ACCOUNT, audience: WORKER },
  },
};

function target(changes: Job['httpTarget']): Job {
  return { ...GOOD, httpTarget: { ...GOOD.httpTarget, ...changes } };
}

it('finds no differences in the job that a deploy creates', () => {
  expect(differences(GOOD, TABLE, WORKER)).toEqual([]);
});

it.each<[string, Job, string, string]>([
  ['description', { ...GOOD, description: undefined }, 'none', GOOD.description ?? ''],
  ['schedule', { ...GOOD, schedule: '0 3 * * *' }, '0 3 * * *', '0 2 * * *'],
  ['timeZone', { ...GOOD, timeZone: undefined }, 'UTC', 'Australia/Sydney'],
  [
    'uri',
    target({ uri: 'https://web.example.com/api/v1/scheduled/clear-sessions/' }),
    'https://web.example.com/api/v1/scheduled/clear-sessions/',
    `${WORKER}/api/v1/scheduled/clear-sessions/`,
  ],
  ['httpMethod', target({ httpMethod: 'GET' }), 'GET', 'POST'],
  ['headers', target({ headers: { 'X-Key': 'secret', Accept: 'a' } }), 'Accept, X-Key', 'none'],
  [
    'headers.Content-Type',
    target({ headers: { 'Content-Type': 'application/octet-stream' } }),
    'application/octet-stream',
    'none',
  ],
  ['headers', target({ headers: { 'Content-Type': 'text/plain' } }), 'Content-Type', 'none'],
  [
    'uri',
    target({ uri: `${WORKER}/api/v1/scheduled/clear-sessions` }),
    `${WORKER}/api/v1/scheduled/clear-sessions`,
    `${WORKER}/api/v1/scheduled/clear-sessions/`,
  ],
  ['body', target({ body: 'e30=' }), 'set', 'none'],
  [
    'serviceAccountEmail',
    target({ oidcToken: { serviceAccountEmail: 'other@x.iam', audience: WORKER } }),
    'other@x.iam',
    ACCOUNT,
  ],
  [
    'audience',
    target({ oidcToken: { serviceAccountEmail: ACCOUNT } }),
    `${WORKER}/api/v1/scheduled/clear-sessions/`,
    WORKER,
  ],
  ['attemptDeadlineSeconds', { ...GOOD, attemptDeadline: undefined }, '180', '600'],
  ['retryCount', { ...GOOD, retryConfig: { ...GOOD.retryConfig, retryCount: 3 } }, '3', '0'],
  [
    'minBackoffSeconds',
    { ...GOOD, retryConfig: { ...GOOD.retryConfig, minBackoffDuration: '10s' } },
    '10',
    '5',
  ],
  [
    'maxBackoffSeconds',
    { ...GOOD, retryConfig: { ...GOOD.retryConfig, maxBackoffDuration: '60s' } },
    '60',
    '3600',
  ],
  [
    'maxDoublings',
    { ...GOOD, retryConfig: { ...GOOD.retryConfig, maxDoublings: undefined } },
    '0',
    '5',
  ],
  [
    'maxRetryDurationSeconds',
    { ...GOOD, retryConfig: { ...GOOD.retryConfig, maxRetryDuration: '1.5s' } },
    '1.5',
    '0',
  ],
])('finds a different %s', (field, live, shown, table) => {
  expect(differences(live, TABLE, WORKER)).toEqual([{ field, live: shown, table }]);
});

it('never shows the value of a header', () => {
  const found = differences(target({ headers: { 'X-Key': 'secret' } }), TABLE, WORKER);
  expect(JSON.stringify(found)).not.toContain('secret');
});

it("uses the API's defaults when retryConfig is missing", () => {
  expect(differences({ ...GOOD, retryConfig: undefined }, TABLE, WORKER)).toEqual([]);
});

it('ignores a pause when the table does not set paused', () => {
  expect(differences({ ...GOOD, state: 'PAUSED' }, TABLE, WORKER)).toEqual([]);
});

it.each([
  [true, 'ENABLED', 'false', 'true'],
  [false, 'PAUSED', 'true', 'false'],
] as const)('compares a pause when the table sets paused to %p', (paused, state, live, table) => {
  expect(differences({ ...GOOD, state }, { ...TABLE, paused }, WORKER)).toEqual([
    { field: 'paused', live, table },
  ]);
});

it("compares only paths when the worker's origin is unknown", () => {
  expect(differences(GOOD, TABLE, undefined)).toEqual([]);
  const other = target({ uri: `${WORKER}/elsewhere/` });
  expect(differences(other, TABLE, undefined).map(({ field }) => field)).toEqual(['uri']);
});

it('distinguishes an OAuth token from an OIDC token', () => {
  const live = target({ oidcToken: undefined, oauthToken: { serviceAccountEmail: ACCOUNT } });
  expect(differences(live, TABLE, WORKER)).toContainEqual({
    field: 'serviceAccountEmail',
    live: `${ACCOUNT} (OAuth token)`,
    table: ACCOUNT,
  });
});
