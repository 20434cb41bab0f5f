import { App } from 'cdktf';
import path from 'node:path';
import { TASK_NAMES } from '../../stages/jobs';
import { jobName } from '../../stages/naming';
import { readSettings } from '../../stages/settings';
import { STAGES, type Stage } from '../../stages/stages';
import { ValidibotStack } from '../../stages/validibot-stack';
import { PROJECT } from '../sandbox/client';
import { describeWithProvider } from '../support/terraform';
import { startCloud } from './sandbox';

jest.setTimeout(120_000);

const STUCK_RUNS = jobName('validibot', 'cleanup-stuck-runs', 'dev');
const FIVE_MINUTES = jobName('validibot', 'process-purge-retries', 'dev');
const HOUR = 3600;
const EMAILS = { ALERT_EMAILS: 'ops@example.com' };

interface Alert {
  readonly state: string;
  readonly policy: { readonly displayName: string };
  readonly log?: { readonly extractedLabels: Readonly<Record<string, string>> };
  readonly metric?: { readonly labels: Readonly<Record<string, string>> };
}

describeWithProvider()('alerts of the dev stage, with the real terraform and provider', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;

  beforeAll(async () => {
    cloud = await startCloud();
    // An empty project: even the APIs that the stack enables are disabled.
    for (const api of ['cloudscheduler', 'logging', 'monitoring']) {
      cloud.sandbox.world.enabledApis.delete(`${api}.googleapis.com`);
    }
    await cloud.synth('dev', EMAILS);
  });
  afterAll(() => cloud.close());

  const alerts = async (): Promise<readonly Alert[]> => {
    const { body } = await cloud.call('GET', `/v3/projects/${PROJECT}/alerts`);
    return (body as { alerts?: Alert[] }).alerts ?? [];
  };
  const policyNames = async (): Promise<string[]> => {
    const { body } = await cloud.call('GET', `/v3/projects/${PROJECT}/alertPolicies`);
    const policies = (body as { alertPolicies?: { displayName: string }[] }).alertPolicies ?? [];
    return policies.map(({ displayName }) => displayName).sort();
  };
  /** The stage before a job was added to the table. */
  const synthWithout = (task: string): void => {
    const outdir = path.join(cloud.sandbox.directory, 'cdktf.out');
    const app = new App({ outdir, stackTraces: false, skipValidation: true });
    const stage: Stage = { ...STAGES.dev, jobs: { [task]: { omit: true } } };
    new ValidibotStack(app, 'dev', stage, readSettings({ ...cloud.env, ...EMAILS }).settings);
    app.synth();
  };
  const advance = (seconds: number) => cloud.call('POST', '/_sandbox/advance', { seconds });

  it('are created with the jobs by one apply, after which the plan is empty', async () => {
    expect(await cloud.apply('dev')).toMatchObject({ status: 0 });
    expect(await cloud.plan('dev')).toMatchObject({ status: 0 });
    expect(await policyNames()).toEqual(
      [
        'A scheduled job of validibot-dev failed',
        ...TASK_NAMES.map(
          (task) => `${jobName('validibot', task, 'dev')} has not succeeded for too long`,
        ),
      ].sort(),
    );
    const policies = [...cloud.sandbox.world.alertPolicies.values()];
    const channels = [...cloud.sandbox.world.notificationChannels.keys()];
    expect(channels).toHaveLength(1);
    for (const { notificationChannels } of policies) expect(notificationChannels).toEqual(channels);
  });

  it('keep the variables that Cloud Monitoring fills in', () => {
    const failed = [...cloud.sandbox.world.alertPolicies.values()].find(({ displayName }) =>
      displayName.endsWith('failed'),
    );
    expect(failed?.documentation?.subject).toBe(
      'Scheduled job ${log.extracted_label.job} failed: ${log.extracted_label.status}',
    );
  });

  it('raise no incident while the jobs are healthy', async () => {
    await advance(3 * HOUR);
    expect(await alerts()).toEqual([]);
  });

  it('raise one incident for a job that stops running, and name it', async () => {
    // The job is neither paused nor deleted; it just does not run.
    const { scheduler, world } = cloud.sandbox.context;
    scheduler.remove([...world.jobs.keys()].find((name) => name.endsWith(FIVE_MINUTES)) ?? '');
    await advance(3 * HOUR);
    expect(await alerts()).toMatchObject([
      {
        state: 'OPEN',
        policy: { displayName: `${FIVE_MINUTES} has not succeeded for too long` },
        metric: { labels: { job_id: FIVE_MINUTES } },
      },
    ]);
  });

  it('raise one incident for each job that a worker in web mode fails, and name it', async () => {
    const before = (await alerts()).length;
    await cloud.call('POST', '/_sandbox/faults', { fault: 'worker-in-web-mode', stage: 'dev' });
    await advance(1500);
    const failed = (await alerts()).slice(before);
    const [stuck] = failed.filter(({ log }) => log?.extractedLabels.job === STUCK_RUNS);
    expect(stuck).toMatchObject({
      state: 'OPEN',
      policy: { displayName: 'A scheduled job of validibot-dev failed' },
      log: { extractedLabels: { job: STUCK_RUNS, status: 'NOT_FOUND' } },
    });
    expect(stuck?.log?.extractedLabels.url).toMatch(/\/api\/v1\/scheduled\/cleanup-stuck-runs\/$/);
    const jobs = failed.map(({ log }) => log?.extractedLabels.job);
    expect(new Set(jobs).size).toBe(jobs.length);
    await cloud.call('DELETE', '/_sandbox/faults');
  });

  it('cover a new job: two resources added, two changed', async () => {
    synthWithout('clear-sessions');
    expect(await cloud.apply('dev')).toMatchObject({ status: 0 });
    expect(await policyNames()).toHaveLength(TASK_NAMES.length);
    await cloud.synth('dev', EMAILS);
    const applied = await cloud.apply('dev');
    expect(applied.output).toContain('Apply complete! Resources: 2 added, 2 changed, 0 destroyed.');
    expect(await policyNames()).toHaveLength(TASK_NAMES.length + 1);
    expect(await cloud.plan('dev')).toMatchObject({ status: 0 });
  });

  it('are destroyed with their channel and metric, while the APIs stay enabled', async () => {
    const destroyed = await cloud.terraform('dev', 'destroy', '-auto-approve', '-no-color');
    expect(destroyed).toMatchObject({ status: 0 });
    const { alertPolicies, notificationChannels, logMetrics, enabledApis } = cloud.sandbox.world;
    expect([alertPolicies.size, notificationChannels.size, logMetrics.size]).toEqual([0, 0, 0]);
    expect([...enabledApis]).toEqual(expect.arrayContaining(['monitoring.googleapis.com']));
  });
});
