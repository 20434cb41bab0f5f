import { renderFix } from '../../../ops/fixes/render';
import type { Job } from '../../../ops/google/scheduler';
import { mismatchesOf } from '../../../ops/jobs/mismatch';
import { findJob } from '../../../ops/jobs/table';
import { readSettings } from '../../../stages/settings';

const WORKER = 'https://validibot-worker-dev-abc-ts.a.run.app';
const ACCOUNT = 'validibot-cloudrun-dev@my-project.iam.gserviceaccount.com';
const LOCATION = { project: 'my-project', region: 'australia-southeast1' };
const TABLE = findJob({ ...readSettings({}), location: LOCATION }, 'clear-sessions', 'dev');
const URI = `${WORKER}/api/v1/scheduled/clear-sessions/`;
const GCLOUD = `gcloud scheduler jobs update http ${TABLE.name} --location=australia-southeast1 --project=my-project`;

const GOOD: Job = {
  name: `projects/my-project/locations/australia-southeast1/jobs/${TABLE.name}`,
  description: 'Remove expired Django sessions from the database',
  schedule: '0 2 * * *',
  timeZone: 'Australia/Sydney',
  state: 'ENABLED',
  attemptDeadline: '600s',
  httpTarget: {
    uri: URI,
    httpMethod: 'POST',
    oidcToken: { serviceAccountEmail: ACCOUNT, audience: WORKER },
  },
};

function found(live: Job | undefined, paused?: boolean) {
  return mismatchesOf(live, { ...TABLE, paused }, WORKER, LOCATION).map(
    ({ problem, fix, survivesUpdates }) => ({ problem, fix: renderFix(fix), survivesUpdates }),
  );
}

function target(changes: Job['httpTarget']): Job {
  return { ...GOOD, httpTarget: { ...GOOD.httpTarget, ...changes } };
}

it('finds none in a job that matches', () => {
  expect(found(GOOD)).toEqual([]);
});

it('keeps a URI without its last slash when terraform updates the job', () => {
  const live = target({ uri: URI.slice(0, -1) });
  expect(found(live)).toMatchObject([{ fix: `${GCLOUD} --uri=${URI}`, survivesUpdates: true }]);
});

it.each<[string, Job, string]>([
  ['a schedule', { ...GOOD, schedule: '0 3 * * *' }, "--schedule='0 2 * * *'"],
  ['a description', { ...GOOD, description: '' }, `--description='${GOOD.description ?? ''}'`],
  ['a time zone', { ...GOOD, timeZone: 'UTC' }, '--time-zone=Australia/Sydney'],
  ['a method', target({ httpMethod: 'GET' }), '--http-method=post'],
  ['a body', target({ body: 'e30=' }), '--message-body='],
  ['headers', target({ headers: { 'X-A': 'b' } }), '--clear-headers'],
  [
    'a header that terraform drops when it reads it, and so when it updates the job',
    target({ headers: { 'Content-Type': 'application/octet-stream' } }),
    '--clear-headers',
  ],
  [
    'the audience',
    target({ oidcToken: { serviceAccountEmail: ACCOUNT } }),
    `--oidc-service-account-email=${ACCOUNT} --oidc-token-audience=${WORKER}`,
  ],
  ['a deadline', { ...GOOD, attemptDeadline: '180s' }, '--attempt-deadline=600s'],
  [
    'retries',
    { ...GOOD, retryConfig: { retryCount: 3, maxDoublings: 5 } },
    '--max-retry-attempts=0',
  ],
  ['doublings', { ...GOOD, retryConfig: {} }, '--max-doublings=5'],
  [
    'a backoff',
    { ...GOOD, retryConfig: { minBackoffDuration: '1s', maxDoublings: 5 } },
    '--min-backoff=5s',
  ],
  ['a failed update', { ...GOOD, state: 'UPDATE_FAILED' }, "--schedule='0 2 * * *'"],
])('names the gcloud command that corrects %s', (_, live, option) => {
  expect(found(live)).toMatchObject([{ fix: `${GCLOUD} ${option}`, survivesUpdates: false }]);
});

it('needs a command each for what an update fixes and what it does not', () => {
  const live = { ...target({ uri: URI.slice(0, -1) }), schedule: '0 3 * * *' };
  expect(found(live).map(({ survivesUpdates }) => survivesUpdates)).toEqual([true, false]);
});

it.each([
  ['PAUSED', undefined, 'just gcp-scheduler-resume', true],
  ['PAUSED', false, 'just gcp-scheduler-resume', false],
  ['ENABLED', true, 'just gcp-scheduler-pause', false],
] as const)('%s with paused: %p in the table needs %s', (state, paused, command, survives) => {
  expect(found({ ...GOOD, state }, paused)).toMatchObject([
    { fix: `${command} ${TABLE.name}`, survivesUpdates: survives },
  ]);
});

it('is none when the table pauses the job, too', () => {
  expect(found({ ...GOOD, state: 'PAUSED' }, true)).toEqual([]);
});

it('quotes for the shell what a description contains', () => {
  const props = { ...TABLE.propsWith(WORKER), description: "Remove a worker's $(rm -rf) files" };
  const table = { ...TABLE, propsWith: () => props };
  const [mismatch] = mismatchesOf(GOOD, table, WORKER, LOCATION);
  expect(mismatch && renderFix(mismatch.fix)).toBe(
    String.raw`${GCLOUD} --description='Remove a worker'\''s $(rm -rf) files'`,
  );
});
