import {
  jobName,
  serviceAccountEmail,
  serviceAccountId,
  stackName,
  webServiceName,
  workerServiceName,
} from '../../stages/naming';

test.each([
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
    // The account alone has a suffix in production.
    account: 'my-app-cloudrun-prod',
  },
] as const)('the names of $stage', ({ stage, stack, worker, web, job, account }) => {
  expect(stackName(stage)).toBe(stack);
  expect(workerServiceName('my-app', stage)).toBe(worker);
  expect(webServiceName('my-app', stage)).toBe(web);
  expect(jobName('my-app', 'clear-sessions', stage)).toBe(job);
  expect(serviceAccountId('my-app', stage)).toBe(account);
});

test('the email of an account, in a domain-scoped project too', () => {
  expect(serviceAccountEmail('my-app', 'prod', 'my-project')).toBe(
    'my-app-cloudrun-prod@my-project.iam.gserviceaccount.com',
  );
  expect(serviceAccountEmail('my-app', 'dev', 'example.com:my-project')).toBe(
    'my-app-cloudrun-dev@my-project.example.com.iam.gserviceaccount.com',
  );
});
