import { checkAll, checkInJson } from '../../../ops/checks';
import type { Snapshot } from '../../../ops/checks/snapshot';
import { Failed } from '../../../ops/errors';
import { gcloud, manual } from '../../../ops/fixes/fix';
import {
  ABSENT,
  INVOKER,
  JOB,
  OTHER_URL,
  reading,
  SERVICE,
  snapshotWith,
  TABLE,
  WORKER,
} from './snapshot-with';

/** Problems that no fault of the sandbox causes; the others are in commands/doctor.test.ts. */

function resultOf(check: string, snapshot: Snapshot) {
  return checkAll([snapshot])
    .map(checkInJson)
    .find((result) => result.check === check);
}

describe('the worker checks', () => {
  it('fail when the worker is not ready', () => {
    const service = {
      ...SERVICE,
      terminalCondition: { state: 'CONDITION_FAILED', message: 'The image is missing.' },
    };
    expect(resultOf('worker-ready', snapshotWith({ worker: reading(service) }))).toMatchObject({
      status: 'failure',
      cause: 'the latest deployment is not ready (CONDITION_FAILED): The image is missing.',
      fix: "just gcp deploy-worker dev (in Validibot's repository; older versions: just gcp-deploy-all dev)",
    });
  });

  it.each([
    [{ name: 'APP_ROLE', value: 'worker' }, 'ok'],
    // Validibot never read it.
    [{ name: 'APP_IS_WORKER', value: 'True' }, 'failure'],
    [{ name: 'OTHER', value: 'worker' }, 'failure'],
  ])('give the mode of a worker with %j as %s', (variable, status) => {
    const service = { ...SERVICE, template: { containers: [{ env: [variable] }] } };
    expect(resultOf('worker-mode', snapshotWith({ worker: reading(service) }))?.status).toBe(
      status,
    );
  });
});

describe('the grant check', () => {
  it('accepts a grant on the project', () => {
    const snapshot = snapshotWith({ workerPolicy: reading({}), projectPolicy: reading(INVOKER) });
    expect(resultOf('invoker-granted', snapshot)).toMatchObject({
      status: 'ok',
      cause: 'roles/run.invoker on the project',
    });
  });

  it('warns of a conditional grant', () => {
    const [binding] = INVOKER.bindings ?? [];
    const policy = {
      bindings: [{ role: '', ...binding, condition: { title: 'until June' } }],
    };
    expect(
      resultOf('invoker-granted', snapshotWith({ workerPolicy: reading(policy) })),
    ).toMatchObject({
      status: 'warning',
      cause: 'roles/run.invoker on the service has a condition that may not be met: until June',
    });
  });
});

describe('the project check', () => {
  it('fails when the project is being deleted', () => {
    const project = {
      projectId: 'my-project',
      projectNumber: '1',
      lifecycleState: 'DELETE_REQUESTED',
    };
    expect(resultOf('project', snapshotWith({ project: reading(project) }))).toMatchObject({
      status: 'failure',
      cause: 'the project is being deleted (DELETE_REQUESTED)',
      fix: 'gcloud projects undelete my-project',
    });
  });

  it('fails when the project does not exist', () => {
    expect(resultOf('project', snapshotWith({ project: ABSENT }))).toMatchObject({
      status: 'failure',
      cause: 'the project does not exist',
      fix: 'set GCP_PROJECT_ID to one that gcloud projects list shows',
    });
  });

  it('reports only the credentials when they are missing', () => {
    const error = new Failed('No credentials.', gcloud('auth', 'application-default', 'login'));
    const found = checkAll([snapshotWith({ project: { kind: 'unknown', error } })]);
    expect(found.map(checkInJson)).toMatchObject([
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

it.each(['DISABLED', 'UPDATE_FAILED'] as const)('fails for a job in state %s', (state) => {
  expect(resultOf('job-enabled', snapshotWith({}, { ...JOB, state }))).toMatchObject({
    status: 'failure',
    cause: `the job's state is ${state}, so it does not run`,
    fix:
      'gcloud scheduler jobs update http validibot-clear-sessions-dev ' +
      "--location=australia-southeast1 --project=my-project --schedule='0 2 * * *'",
  });
});

it('does not suggest setup for a difference that terraform does not see', () => {
  const uri = `${WORKER}/api/v1/scheduled/clear-sessions`;
  const live = { ...JOB, httpTarget: { ...JOB.httpTarget, uri } };
  expect(resultOf('job-drift', snapshotWith({}, live))).toMatchObject({
    status: 'failure',
    cause: `uri is ${uri} instead of ${uri}/; Terraform does not see that`,
    fix:
      'gcloud scheduler jobs update http validibot-clear-sessions-dev ' +
      `--location=australia-southeast1 --project=my-project --uri=${uri}/`,
  });
  expect(resultOf('job-drift', snapshotWith({}, { ...live, schedule: '0 3 * * *' }))?.fix).toBe(
    'just gcp-scheduler-setup dev',
  );
});

it("suggests workerUrl for a 401 when the worker's log says that it expects its other URL", () => {
  const text = `Worker OIDC verification failed: Token has wrong audience ${WORKER}, expected one of ['${OTHER_URL}']`;
  const line = { at: new Date(0), severity: 'WARNING', text };
  const snapshot = snapshotWith({}, { ...JOB, status: { code: 16 } });
  const jobs = snapshot.jobs.map((job) => ({
    ...job,
    workerLog: { kind: 'read', lines: [line], isByTime: true } as const,
  }));
  const found = resultOf('job-last-attempt', { ...snapshot, jobs });
  expect(found?.cause).toContain(`the worker expects ${OTHER_URL}`);
  expect(found?.fix).toContain(
    `in stages/stages.ts, set workerUrl of dev to ${OTHER_URL}, then just`,
  );
});

it('takes no WORKER_URL in the environment of the service for what the worker expects', () => {
  const env = [
    { name: 'APP_ROLE', value: 'worker' },
    { name: 'WORKER_URL', value: 'https://elsewhere.example.com' },
  ];
  const worker = reading({ ...SERVICE, template: { containers: [{ env }] } });
  const snapshot = snapshotWith({ worker }, { ...JOB, status: { code: 16 } });
  const found = resultOf('job-last-attempt', snapshot);
  expect(found?.cause).toContain(`${WORKER} or ${OTHER_URL}; the job has ${WORKER}`);
  expect(JSON.stringify(found)).not.toContain('elsewhere');
});

describe('the check of the last success', () => {
  it.each([
    // Due at 02:00 in Sydney, 15:00 UTC; an attempt may take ten minutes and start a minute late.
    ['2026-11-24T15:10:59Z', 'ok'],
    ['2026-11-24T15:11:00Z', 'failure'],
  ])('at %s gives %s when the last run was the day before', (now, status) => {
    expect(resultOf('job-last-success', snapshotWith({ now: new Date(now) }))?.status).toBe(status);
  });

  it('uses the last success in the log when the last attempt failed', () => {
    const live = { ...JOB, status: { code: 13 } };
    const at = new Date('2026-11-23T15:00:05Z');
    const success = { startedAt: undefined, finishedAt: at, result: undefined, debugInfo: '' };
    const job = { table: TABLE, live, lastSuccess: reading(success) };
    expect(resultOf('job-last-success', snapshotWith({ jobs: [job] }, live))).toMatchObject({
      status: 'ok',
      cause: 'last succeeded 19 h ago',
    });
  });

  it('warns when the log cannot be read', () => {
    const live = { ...JOB, status: { code: 13 } };
    const error = new Failed('no', manual('ask'));
    const unknown = { kind: 'unknown', error } as const;
    const job = { table: TABLE, live, lastSuccess: unknown };
    expect(resultOf('job-last-success', snapshotWith({ jobs: [job] }, live))).toMatchObject({
      status: 'warning',
      cause: 'could not be checked: no',
    });
  });
});

it.each(['cloudscheduler', 'monitoring'])(
  'has what cannot be read explained by the API that is disabled: %s',
  (api) => {
    const service = `${api}.googleapis.com`;
    const enable = (...services: string[]) =>
      gcloud('services', 'enable', ...services, '--project=my-project');
    const unread = { kind: 'unknown', error: new Failed('no', enable(service)) } as const;
    const results = checkAll([
      snapshotWith({
        apis: [
          ['run.googleapis.com', reading(false)],
          [service, reading(false)],
        ],
        ...(api === 'monitoring' ? { alertPolicies: unread } : { liveJobs: unread }),
      }),
    ]);
    const check = api === 'monitoring' ? 'job-alerts' : 'jobs-listed';
    expect(results.find((each) => each.check === check)?.causedBy).toMatchObject({
      check: 'api-enabled',
      subject: service,
    });
  },
);

describe('the alerts check', () => {
  const policy = (number: number, displayName: string) => ({
    name: `projects/my-project/alertPolicies/${number}`,
    displayName,
  });
  const FAILED = policy(1, 'A scheduled job of validibot-dev failed');
  const MISSED = policy(2, 'validibot-clear-sessions-dev has not succeeded for too long');
  const withChannel = { notificationChannels: ['projects/my-project/notificationChannels/1'] };

  it('lists the alerts of a job', () => {
    const alertPolicies = reading([FAILED, { ...MISSED, ...withChannel }]);
    // Two days where the clocks skip 02:00, minus that hour, plus the deadline and half an hour.
    expect(resultOf('job-alerts', snapshotWith({ alertPolicies }))).toMatchObject({
      status: 'ok',
      cause: 'alerts on failed runs and after 48 h without success',
    });
  });

  it('warns of a metric that does not exist, which the alert on missed runs watches', () => {
    const alertPolicies = reading([FAILED, MISSED]);
    const snapshot = snapshotWith({ alertPolicies, metric: ABSENT });
    expect(resultOf('job-alerts', snapshot)).toMatchObject({
      status: 'warning',
      cause: 'no alert on missed runs: the metric that it watches does not exist',
      fix: 'just gcp-scheduler-setup dev',
    });
  });

  it('names the alerts that exist twice, and when each was created', () => {
    const mutateTime = '2026-11-23T00:00:00Z';
    const other = { ...FAILED, name: 'projects/my-project/alertPolicies/3' };
    const alertPolicies = reading([FAILED, MISSED, { ...other, creationRecord: { mutateTime } }]);
    expect(resultOf('duplicate-alerts', snapshotWith({ alertPolicies }))).toMatchObject({
      subject: FAILED.displayName,
      status: 'failure',
      cause:
        '2 alert policies are named "A scheduled job of validibot-dev failed": ' +
        'projects/my-project/alertPolicies/1, ' +
        'projects/my-project/alertPolicies/3 (created 2026-11-23T00:00:00Z)',
      fix: expect.stringContaining(
        'gcloud alpha monitoring policies update projects/my-project/alertPolicies/3 --no-enabled',
      ) as string,
    });
    const disabled = { ...other, enabled: false };
    const once = snapshotWith({ alertPolicies: reading([FAILED, MISSED, disabled]) });
    expect(resultOf('duplicate-alerts', once)?.status).toBe('ok');
  });

  it('reports that no one is notified without a channel', () => {
    const alertPolicies = reading([FAILED, MISSED]);
    expect(resultOf('job-alerts', snapshotWith({ alertPolicies }))?.cause).toBe(
      'alerts on failed runs and after 48 h without success; no one is notified',
    );
  });

  it.each([
    [[FAILED], 'missed runs'],
    [[MISSED], 'failed runs'],
    [[FAILED, { ...MISSED, enabled: false }], 'missed runs'],
    [[], 'failed runs or missed runs'],
  ])('warns, with only %j, that there is no alert on %s', (policies, kinds) => {
    expect(
      resultOf('job-alerts', snapshotWith({ alertPolicies: reading(policies) })),
    ).toMatchObject({
      status: 'warning',
      cause: `no alert on ${kinds}`,
      fix: 'just gcp-scheduler-setup dev',
    });
  });
});
