import { deployerOf } from '../../ci/access/identities';
import { identityEmail, stepsFor } from '../../ci/access/steps';
import { jobsOfStage, STAGES } from '../../stages/stages';
import { jobName } from '../../stages/naming';
import { BUCKET_INPUTS } from '../ci/workflows/inputs';
import { ACCOUNT, afterAttempt, PARENT, PROJECT, REGION, workerUrl } from '../sandbox/client';
import { describeWithProvider } from '../support/terraform';
import { startCloud, type Ended } from './sandbox';
import { describeWithGcloud } from '../support/gcloud';

jest.setTimeout(180_000);

let cloud: Awaited<ReturnType<typeof startCloud>>;

beforeAll(async () => {
  cloud = await startCloud();
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

const gcloud = (...args: string[]): Promise<Ended> => cloud.run('gcloud', [...args, '--quiet']);
const jobs = (verb: string, ...args: string[]): Promise<Ended> =>
  gcloud('scheduler', 'jobs', verb, ...args, `--location=${REGION}`);
const createJob = (name: string, schedule: string, path: string): Promise<Ended> =>
  jobs(
    'create',
    'http',
    name,
    `--schedule=${schedule}`,
    '--time-zone=Australia/Sydney',
    `--uri=${workerUrl(cloud.sandbox)}${path}`,
    '--http-method=POST',
    `--oidc-service-account-email=${ACCOUNT}`,
    '--description=Created with gcloud',
  );
const ok = async (ended: Promise<Ended>): Promise<string> => {
  const { status, output } = await ended;
  expect({ status, output }).toMatchObject({ status: 0 });
  return output;
};

describeWithGcloud()('the real gcloud', () => {
  it('snoozes an alert policy, and lists and shortens the snooze', async () => {
    const { name: policy } = await cloud
      .call('POST', `/v3/projects/${PROJECT}/alertPolicies`, {
        displayName: 'p',
        combiner: 'OR',
        conditions: [{ displayName: 'x', conditionMatchedLog: { filter: 'severity>=ERROR' } }],
        alertStrategy: { notificationRateLimit: { period: '3600s' } },
      })
      .then(({ body }) => body as { name: string });
    const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
    await ok(
      gcloud(
        ...['monitoring', 'snoozes', 'create', '--display-name=maintenance'],
        ...[`--criteria-policies=${policy}`, `--start-time=${at(0.01)}`, `--end-time=${at(2)}`],
      ),
    );
    const listed = JSON.parse(
      await ok(gcloud('monitoring', 'snoozes', 'list', '--format=json')),
    ) as {
      name: string;
    }[];
    expect(listed).toMatchObject([
      { displayName: 'maintenance', criteria: { policies: [policy] } },
    ]);
    const name = listed[0]?.name ?? '';
    await ok(gcloud('monitoring', 'snoozes', 'update', name, `--end-time=${at(1)}`));
    const described = await ok(gcloud('monitoring', 'snoozes', 'describe', name, '--format=json'));
    expect(JSON.parse(described)).toMatchObject({ displayName: 'maintenance' });
  });

  it('creates, describes, lists, pauses, resumes, runs, updates and deletes a job', async () => {
    await ok(createJob('by-hand', '0 2 * * *', '/api/v1/scheduled/clear-sessions/'));

    const described = await ok(jobs('describe', 'by-hand', '--format=json'));
    expect(JSON.parse(described)).toMatchObject({
      name: `${PARENT}/jobs/by-hand`,
      attemptDeadline: '180s',
      httpTarget: {
        oidcToken: { audience: `${workerUrl(cloud.sandbox)}/api/v1/scheduled/clear-sessions/` },
      },
      retryConfig: { maxBackoffDuration: '3600s', maxDoublings: 5, minBackoffDuration: '5s' },
      state: 'ENABLED',
    });
    expect(await ok(jobs('list'))).toMatch(
      /by-hand +australia-southeast1 +0 2 \* \* \* \(Australia\/Sydney\) +HTTP +ENABLED/,
    );

    await ok(jobs('pause', 'by-hand'));
    expect(await ok(jobs('describe', 'by-hand', '--format=value(state)'))).toBe('PAUSED\n');
    await ok(jobs('resume', 'by-hand'));
    await ok(
      jobs(
        'update',
        'http',
        'by-hand',
        '--schedule=0 4 * * *',
        '--update-headers=X-A=b',
        `--oidc-token-audience=${workerUrl(cloud.sandbox)}`,
        `--oidc-service-account-email=${ACCOUNT}`,
      ),
    );
    const { schedule, httpTarget } = cloud.sandbox.world.jobs.get(`${PARENT}/jobs/by-hand`) ?? {};
    expect([schedule, httpTarget?.headers['X-A'], httpTarget?.oidcToken?.audience]).toEqual([
      '0 4 * * *',
      'b',
      workerUrl(cloud.sandbox),
    ]);

    await ok(
      gcloud(
        'run',
        'services',
        'add-iam-policy-binding',
        'validibot-worker-dev',
        `--region=${REGION}`,
        `--member=serviceAccount:${ACCOUNT}`,
        '--role=roles/run.invoker',
      ),
    );
    await ok(jobs('run', 'by-hand'));
    expect((await afterAttempt(cloud, 'by-hand')).status).toEqual({});

    await ok(jobs('delete', 'by-hand'));
    const gone = await jobs('describe', 'by-hand');
    expect(gone.status).toBe(1);
    expect(gone.output).toContain('NOT_FOUND');
  });

  it('fixes injected faults: API, accounts, service agent', async () => {
    const { projectNumber } = cloud.sandbox.world.project;
    for (const fault of [
      { fault: 'api-disabled', api: 'cloudscheduler.googleapis.com' },
      { fault: 'account-missing', stage: 'staging' },
      { fault: 'account-disabled', stage: 'dev' },
      { fault: 'agent-role-missing' },
    ]) {
      expect((await cloud.call('POST', '/_sandbox/faults', fault)).status).toBe(200);
    }

    await ok(gcloud('services', 'enable', 'cloudscheduler.googleapis.com'));
    await ok(gcloud('iam', 'service-accounts', 'create', 'validibot-cloudrun-staging'));
    await ok(gcloud('iam', 'service-accounts', 'enable', ACCOUNT));
    await ok(
      gcloud(
        'projects',
        'add-iam-policy-binding',
        PROJECT,
        `--member=serviceAccount:service-${projectNumber}@gcp-sa-cloudscheduler.iam.gserviceaccount.com`,
        '--role=roles/cloudscheduler.serviceAgent',
        '--condition=None',
      ),
    );

    const { enabledApis, accounts, projectPolicy } = cloud.sandbox.world;
    expect(enabledApis.has('cloudscheduler.googleapis.com')).toBe(true);
    expect(accounts.get(ACCOUNT.replace('-dev@', '-staging@'))).toBeDefined();
    expect(accounts.get(ACCOUNT)?.disabled).toBe(false);
    expect(projectPolicy.bindings.map(({ role }) => role)).toContain(
      'roles/cloudscheduler.serviceAgent',
    );
  });

  it('runs the commands of the access script, as far as the sandbox serves them', async () => {
    const served =
      /^(services enable|(projects|run services) add-iam-policy-binding|iam service-accounts create) /;
    const numbers = { projectNumber: '1', repositoryId: '42' };
    const steps = stepsFor(BUCKET_INPUTS, numbers).filter(
      ({ command, why }) => served.test(command.join(' ')) && /deploy-dev|APIs/.test(why),
    );
    expect(steps).toHaveLength(4);
    for (const { command } of steps) await ok(gcloud(...command));
    const { accounts, projectPolicy, services } = cloud.sandbox.world;
    const email = identityEmail(BUCKET_INPUTS, deployerOf('dev'));
    expect(accounts.get(email)?.displayName).toBe('Scheduled jobs: deploys of dev');
    const worker = services.get('validibot-worker-dev')?.policy.bindings ?? [];
    for (const bindings of [projectPolicy.bindings, worker]) {
      expect(bindings.some(({ members }) => members.includes(`serviceAccount:${email}`))).toBe(
        true,
      );
    }
  });

  it('reads the log', async () => {
    await ok(createJob('logged', '0 2 * * *', '/'));
    await ok(jobs('run', 'logged'));
    await afterAttempt(cloud, 'logged');
    const filter =
      'resource.type="cloud_scheduler_job" AND resource.labels.job_id="logged" AND severity>=ERROR';
    const entries = JSON.parse(
      await ok(gcloud('logging', 'read', filter, '--format=json')),
    ) as object[];
    expect(entries).toMatchObject([{ jsonPayload: { status: 'UNAUTHENTICATED' } }]);
  });

  describeWithProvider()('and terraform', () => {
    it('imports six jobs created with gcloud, after which the plan is empty', async () => {
      for (const { task, schedule, endpoint } of jobsOfStage(STAGES.dev)) {
        await ok(createJob(jobName('validibot', task, 'dev'), schedule, endpoint));
      }
      await cloud.synth('dev', { IMPORT_EXISTING: 'dev' });
      const applied = await cloud.apply('dev');
      expect(applied.output).toMatch(/Plan: 6 to import, \d+ to add, 6 to change, 0 to destroy\./);
      expect(applied.status).toBe(0);
      expect(await cloud.plan('dev')).toMatchObject({ status: 0 });
    });
  });
});
