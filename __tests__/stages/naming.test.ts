import {
  jobName,
  serviceAccountEmail,
  serviceAccountId,
  stackName,
  stageOfJobName,
  successfulRunsMetricName,
  webServiceName,
  workerServiceName,
} from '../../stages/naming';

it.each([
  {
    stage: 'dev',
    stack: 'validibot-dev',
    worker: 'my-app-worker-dev',
    web: 'my-app-web-dev',
    job: 'my-app-clear-sessions-dev',
    account: 'my-app-cloudrun-dev',
  },
  {
    stage: 'staging',
    stack: 'validibot-staging',
    worker: 'my-app-worker-staging',
    web: 'my-app-web-staging',
    job: 'my-app-clear-sessions-staging',
    account: 'my-app-cloudrun-staging',
  },
  {
    stage: 'prod',
    stack: 'validibot-prod',
    worker: 'my-app-worker',
    web: 'my-app-web',
    job: 'my-app-clear-sessions',
    // In production, only the account has a suffix.
    account: 'my-app-cloudrun-prod',
  },
] as const)('names the resources of $stage', ({ stage, stack, worker, web, job, account }) => {
  expect(stackName(stage)).toBe(stack);
  expect(workerServiceName('my-app', stage)).toBe(worker);
  expect(webServiceName('my-app', stage)).toBe(web);
  expect(jobName('my-app', 'clear-sessions', stage)).toBe(job);
  expect(serviceAccountId('my-app', stage)).toBe(account);
});

it('gives the email of an account, also in a domain-scoped project', () => {
  expect(serviceAccountEmail('my-app', 'prod', 'my-project')).toBe(
    'my-app-cloudrun-prod@my-project.iam.gserviceaccount.com',
  );
  expect(serviceAccountEmail('my-app', 'dev', 'example.com:my-project')).toBe(
    'my-app-cloudrun-dev@my-project.example.com.iam.gserviceaccount.com',
  );
});

it('gives each stage its own metric name, with valid characters', () => {
  expect(successfulRunsMetricName('my-own-app', 'prod')).toBe('my_own_app_prod_successful_runs');
  expect(successfulRunsMetricName('my-own-app', 'dev')).toBe('my_own_app_dev_successful_runs');
});

it.each([
  ['validibot-clear-sessions', 'prod'],
  ['validibot-clear-sessions-dev', 'dev'],
  ['other-unknown-task-staging', 'staging'],
  // Only the whole last part is a suffix.
  ['validibot-dev-clear-sessions', 'prod'],
  ['validibot-xdev', 'prod'],
  ['validibot-task-production', 'prod'],
] as const)('finds the stage of job %s: %s', (name, stage) => {
  expect(stageOfJobName(name)).toBe(stage);
});
