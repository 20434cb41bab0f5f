import { JOBS, TASK_NAMES } from '../../stages/jobs';
import { jobName, stackName } from '../../stages/naming';
import { STAGE_NAMES, STAGES, jobsOfStage } from '../../stages/stages';
import { jobsOf, stackOf } from '../support/stages';

/** The document that the table replaces: name in production, cron, endpoint, purpose. */
const DOCUMENT = [
  [
    'validibot-clear-sessions',
    '0 2 * * *',
    '/api/v1/scheduled/clear-sessions/',
    'Remove expired Django sessions from the database',
  ],
  [
    'validibot-cleanup-idempotency-keys',
    '0 3 * * *',
    '/api/v1/scheduled/cleanup-idempotency-keys/',
    'Delete expired API idempotency keys (24h TTL)',
  ],
  [
    'validibot-cleanup-callback-receipts',
    '0 4 * * 0',
    '/api/v1/scheduled/cleanup-callback-receipts/',
    'Delete old validator callback receipts (30 day retention)',
  ],
  [
    'validibot-purge-expired-submissions',
    '0 * * * *',
    '/api/v1/scheduled/purge-expired-submissions/',
    'Purge submission content past retention period',
  ],
  [
    'validibot-process-purge-retries',
    '*/5 * * * *',
    '/api/v1/scheduled/process-purge-retries/',
    'Retry failed submission purges',
  ],
  [
    'validibot-cleanup-stuck-runs',
    '*/10 * * * *',
    '/api/v1/scheduled/cleanup-stuck-runs/',
    'Mark validation runs stuck in RUNNING state as FAILED (30min timeout)',
  ],
] as const;

it('has exactly the jobs of the document, in its order', () => {
  const table = TASK_NAMES.map((task) => {
    const { schedule, endpoint, purpose } = JOBS[task];
    return [jobName('validibot', task, 'prod'), schedule, endpoint, purpose];
  });

  expect(table).toEqual(DOCUMENT);
});

it('names each task like the last part of its endpoint', () => {
  expect(TASK_NAMES.map((task) => `/api/v1/scheduled/${task}/`)).toEqual(
    TASK_NAMES.map((task) => JOBS[task].endpoint),
  );
});

it('has three stages, in the order of deployment', () => {
  expect(STAGE_NAMES.map(stackName)).toEqual([
    'validibot-dev',
    'validibot-staging',
    'validibot-prod',
  ]);
});

it.each(STAGE_NAMES)('has every job of the table in %s', (stage) => {
  expect(jobsOfStage(STAGES[stage]).map((job) => job.task)).toEqual(TASK_NAMES);
});

it.each([
  ['dev', '-dev'],
  ['staging', '-staging'],
  ['prod', ''],
] as const)('renders the jobs of %s with its names and its worker', (stage, suffix) => {
  const worker = '${data.google_cloud_run_v2_service.worker.uri}';
  const account = '${data.google_service_account.scheduler.email}';

  expect(Object.values(jobsOf(stackOf(stage)))).toEqual(
    DOCUMENT.toSorted(([one], [other]) => one.localeCompare(other)).map(
      ([name, schedule, endpoint, purpose]) =>
        expect.objectContaining({
          name: `${name}${suffix}`,
          schedule,
          time_zone: 'Australia/Sydney',
          description: purpose,
          attempt_deadline: '600s',
          http_target: {
            http_method: 'POST',
            uri: `${worker}${endpoint}`,
            oidc_token: { audience: worker, service_account_email: account },
          },
        }) as unknown,
    ),
  );
});
