import { checkAll, type CheckResult } from '../../../ops/checks';
import type { Snapshot } from '../../../ops/checks/snapshot';
import { Failed } from '../../../ops/errors';
import type { Policy } from '../../../ops/google/policy';
import type { Service } from '../../../ops/google/run';
import type { Job } from '../../../ops/google/scheduler';
import { findJob } from '../../../ops/jobs/table';
import { readSettings } from '../../../stages/settings';

/** What no fault of the sandbox makes; the others are in commands/doctor.test.ts. */

const { settings } = readSettings({});
const LOCATION = { project: 'my-project', region: 'australia-southeast1' };
const WORKER = 'https://validibot-worker-dev-abc-ts.a.run.app';
const OTHER_URL = 'https://validibot-worker-dev-123.australia-southeast1.run.app';
const ACCOUNT = 'validibot-cloudrun-dev@my-project.iam.gserviceaccount.com';
const TABLE = findJob(settings, LOCATION, 'clear-sessions', 'dev');
const ABSENT = { kind: 'absent' } as const;

const SERVICE: Service = {
  name: 'validibot-worker-dev',
  uri: WORKER,
  urls: [OTHER_URL, WORKER],
  terminalCondition: { state: 'CONDITION_SUCCEEDED' },
  template: { containers: [{ env: [{ name: 'APP_ROLE', value: 'worker' }] }] },
};

const JOB: Job = {
  name: 'projects/my-project/locations/australia-southeast1/jobs/validibot-clear-sessions-dev',
  description: 'Remove expired Django sessions from the database',
  schedule: '0 2 * * *',
  timeZone: 'Australia/Sydney',
  state: 'ENABLED',
  attemptDeadline: '600s',
  userUpdateTime: '2026-11-20T00:00:00Z',
  // 02:00 in Sydney.
  lastAttemptTime: '2026-11-23T15:00:00Z',
  httpTarget: {
    uri: `${WORKER}/api/v1/scheduled/clear-sessions/`,
    httpMethod: 'POST',
    oidcToken: { serviceAccountEmail: ACCOUNT, audience: WORKER },
  },
};

function some<T>(value: T) {
  return { kind: 'value', value } as const;
}

const INVOKER: Policy = {
  bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }],
};

function snapshotWith(changes: Partial<Snapshot>, job: Job = JOB): Snapshot {
  return {
    stage: 'dev',
    location: LOCATION,
    now: new Date('2026-11-24T10:00:00Z'),
    project: some({ projectId: 'my-project', projectNumber: '1' }),
    projectPolicy: some({}),
    apis: [],
    workerName: 'validibot-worker-dev',
    worker: some(SERVICE),
    workerPolicy: some(INVOKER),
    workerUrl: WORKER,
    webName: 'validibot-web-dev',
    web: ABSENT,
    accountEmail: ACCOUNT,
    account: some({ email: ACCOUNT }),
    alertPolicies: ABSENT,
    liveJobs: some([job]),
    jobs: [{ table: TABLE, live: job, lastFailure: ABSENT, lastSuccess: ABSENT }],
    ...changes,
  };
}

function finding(check: string, snapshot: Snapshot): CheckResult | undefined {
  return checkAll(snapshot, settings).find((one) => one.check === check);
}

describe('the worker', () => {
  it('is not ready', () => {
    const service = {
      ...SERVICE,
      terminalCondition: { state: 'CONDITION_FAILED', message: 'The image is missing.' },
    };
    expect(finding('worker-ready', snapshotWith({ worker: some(service) }))).toMatchObject({
      status: 'failure',
      cause: 'its last deployment is not ready (CONDITION_FAILED): The image is missing.',
      fix: 'just gcp-deploy-all dev',
    });
  });

  it.each([
    [{ name: 'APP_IS_WORKER', value: 'True' }, 'ok'],
    [{ name: 'APP_IS_WORKER', value: 'False' }, 'failure'],
    [{ name: 'OTHER', value: 'worker' }, 'failure'],
  ])('with %j is %s', (variable, status) => {
    const service = { ...SERVICE, template: { containers: [{ env: [variable] }] } };
    expect(finding('worker-mode', snapshotWith({ worker: some(service) }))?.status).toBe(status);
  });
});

describe('the grant', () => {
  it('may be on the project', () => {
    const snapshot = snapshotWith({ workerPolicy: some({}), projectPolicy: some(INVOKER) });
    expect(finding('invoker-granted', snapshot)).toMatchObject({
      status: 'ok',
      cause: 'roles/run.invoker on the project',
    });
  });

  it('may have a condition', () => {
    const [binding] = INVOKER.bindings ?? [];
    const policy = {
      bindings: [{ role: '', ...binding, condition: { title: 'until June' } }],
    };
    expect(finding('invoker-granted', snapshotWith({ workerPolicy: some(policy) }))).toMatchObject({
      status: 'warning',
      cause: 'roles/run.invoker on the service has a condition, which may not hold: until June',
    });
  });
});

describe('the project', () => {
  it('is being deleted', () => {
    const project = {
      projectId: 'my-project',
      projectNumber: '1',
      lifecycleState: 'DELETE_REQUESTED',
    };
    expect(finding('project', snapshotWith({ project: some(project) }))).toMatchObject({
      status: 'failure',
      fix: 'gcloud projects undelete my-project',
    });
  });

  it('does not exist', () => {
    expect(finding('project', snapshotWith({ project: ABSENT }))).toMatchObject({
      status: 'failure',
      fix: 'gcloud projects list',
    });
  });

  it('cannot be asked for without credentials, and then nothing else is said', () => {
    const error = new Failed('No credentials.', 'gcloud auth application-default login');
    expect(checkAll(snapshotWith({ project: { kind: 'unknown', error } }), settings)).toEqual([
      {
        check: 'credentials',
        subject: 'Google Cloud',
        status: 'failure',
        cause: 'No credentials.',
        fix: 'gcloud auth application-default login',
      },
    ]);
  });
});

it.each(['DISABLED', 'UPDATE_FAILED'] as const)('a job that is %s does not run', (state) => {
  expect(finding('job-enabled', snapshotWith({}, { ...JOB, state }))).toMatchObject({
    status: 'failure',
    cause: `it is ${state} and does not run`,
    fix: 'just gcp-scheduler-setup dev',
  });
});

it("a 401 by the worker's other URL names workerUrl", () => {
  const env = [
    { name: 'APP_ROLE', value: 'worker' },
    { name: 'WORKER_URL', value: OTHER_URL },
  ];
  const worker = some({ ...SERVICE, template: { containers: [{ env }] } });
  const found = finding(
    'job-last-attempt',
    snapshotWith({ worker }, { ...JOB, status: { code: 16 } }),
  );
  expect(found).toMatchObject({
    status: 'failure',
    cause:
      `401: token refused by the worker: the token's audience is ${WORKER}; the worker's URLs ` +
      `are ${WORKER} and ${OTHER_URL}, and it takes ${OTHER_URL} for its own (WORKER_URL)`,
    fix: `set workerUrl of dev to ${OTHER_URL} in stages/stages.ts, then just gcp-scheduler-setup dev`,
  });
});

describe('the cadence', () => {
  it.each([
    // Due at 02:00 in Sydney, 15:00 UTC; an attempt may take ten minutes, and be a minute late.
    ['2026-11-24T15:10:59Z', 'ok'],
    ['2026-11-24T15:11:00Z', 'failure'],
  ])('at %s is %s for the run of the day before', (now, status) => {
    expect(finding('job-overdue', snapshotWith({ now: new Date(now) }))?.status).toBe(status);
  });

  it('goes by the last success in the log when the last attempt failed', () => {
    const live = { ...JOB, status: { code: 13 } };
    const at = new Date('2026-11-23T15:00:05Z');
    const success = { startedAt: undefined, finishedAt: at, result: undefined, debugInfo: '' };
    const job = { table: TABLE, live, lastFailure: ABSENT, lastSuccess: some(success) };
    expect(finding('job-overdue', snapshotWith({ jobs: [job] }, live))).toMatchObject({
      status: 'ok',
      cause: 'last success 19 h ago',
    });
  });

  it('is not known when the log may not be read', () => {
    const live = { ...JOB, status: { code: 13 } };
    const error = new Failed('no', 'ask');
    const unknown = { kind: 'unknown', error } as const;
    const job = { table: TABLE, live, lastFailure: unknown, lastSuccess: unknown };
    expect(finding('job-overdue', snapshotWith({ jobs: [job] }, live))).toMatchObject({
      status: 'warning',
      cause: 'not known when it last succeeded: no',
    });
  });
});

describe('the alerts', () => {
  const FAILED = { displayName: 'A scheduled job of validibot-dev failed' };
  const MISSED = { displayName: 'validibot-clear-sessions-dev has not succeeded for too long' };
  const told = { notificationChannels: ['projects/my-project/notificationChannels/1'] };

  it('that watch a job are named', () => {
    const alertPolicies = some([FAILED, { ...MISSED, ...told }]);
    // Two days, where the clocks skip 02:00, less that hour; the deadline; half an hour.
    expect(finding('job-alerts', snapshotWith({ alertPolicies }))).toMatchObject({
      status: 'ok',
      cause: 'alerts for failed runs, for no success in 48 h',
    });
  });

  it('may tell nobody', () => {
    const alertPolicies = some([FAILED, MISSED]);
    expect(finding('job-alerts', snapshotWith({ alertPolicies }))?.cause).toMatch(
      /; nobody is told of them$/,
    );
  });

  it.each([
    [[FAILED], 'missed runs'],
    [[MISSED], 'failed runs'],
    [[FAILED, { ...MISSED, enabled: false }], 'missed runs'],
    [[], 'failed runs and missed runs'],
  ])('of %j do not watch for %s', (policies, kinds) => {
    expect(finding('job-alerts', snapshotWith({ alertPolicies: some(policies) }))).toMatchObject({
      status: 'warning',
      cause: `no alert watches for ${kinds}`,
      fix: 'just gcp-scheduler-setup dev',
    });
  });
});
