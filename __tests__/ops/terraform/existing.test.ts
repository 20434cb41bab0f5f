import { createContext } from '../../../ops/context';
import { findExisting } from '../../../ops/terraform/existing';
import type { Stack } from '../../../ops/terraform/stack';
import { createApp } from '../../../stages/app';
import { OpsSandbox, PROJECT } from '../support';
import path from 'node:path';

let sandbox: OpsSandbox;
let stack: Stack;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
  sandbox.env.ALERT_EMAILS = 'a@example.com';
  const { CDKTF_OUTDIR: outdir = '' } = sandbox.env;
  createApp(sandbox.env, outdir).synth();
  const folder = path.join(outdir, 'stacks', 'validibot-dev');
  stack = { stage: 'dev', name: 'validibot-dev', folder, initialized: false };
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const terminal = {} as never;

/** The addresses that are found, each with its id. */
async function found(): Promise<Record<string, string>> {
  const { signal } = new AbortController();
  const context = createContext(
    { root: '', env: sandbox.env, terminal, signal, retryDelay: 1 },
    false,
  );
  const resources = await findExisting(context, stack, []);
  return Object.fromEntries(resources.map(({ address, id }) => [address, id]));
}

async function createChannel(): Promise<string> {
  const channel = { type: 'email', labels: { email_address: 'a@example.com' } };
  const { name } = await sandbox.call(
    'POST',
    `/v3/projects/${PROJECT}/notificationChannels`,
    channel,
  );
  return String(name);
}

async function createAlert(channel: string): Promise<void> {
  await sandbox.call('POST', `/v3/projects/${PROJECT}/alertPolicies`, {
    displayName: 'A scheduled job of validibot-dev failed',
    combiner: 'OR',
    conditions: [
      {
        displayName: 'Failed attempt',
        conditionMatchedLog: { filter: 'resource.type="cloud_scheduler_job"' },
      },
    ],
    alertStrategy: { notificationRateLimit: { period: '3600s' } },
    notificationChannels: [channel],
  });
}

it('finds jobs and the grant by the ids that the provider imports', async () => {
  await sandbox.deploy('dev');
  const location = `projects/${PROJECT}/locations/australia-southeast1`;
  expect(await found()).toMatchObject({
    'google_cloud_scheduler_job.clear-sessions': `${location}/jobs/validibot-clear-sessions-dev`,
    'google_cloud_run_v2_service_iam_member.worker-invoker':
      `${location}/services/validibot-worker-dev roles/run.invoker ` +
      `serviceAccount:validibot-cloudrun-dev@${PROJECT}.iam.gserviceaccount.com`,
    'google_project_service.monitoring-api': `${PROJECT}/monitoring.googleapis.com`,
  });
});

it("takes a channel for the stage's only when an alert of the stage notifies it", async () => {
  const address = 'google_monitoring_notification_channel.email-a_at_example_dot_com';
  await createChannel();
  const ours = await createChannel();
  expect(await found()).not.toHaveProperty([address]);
  await createAlert(ours);
  expect(await found()).toHaveProperty([address], ours);
});

it('finds nothing of an API that is disabled', async () => {
  await sandbox.deploy('dev');
  await sandbox.fault({ fault: 'api-disabled', api: 'cloudscheduler.googleapis.com' });
  const addresses = Object.keys(await found());
  expect(addresses).toContain('google_project_service.monitoring-api');
  expect(addresses.join()).not.toContain('google_cloud_scheduler_job');
  await sandbox.clearFaults();
});

it('fails when something may not be read, since it could exist', async () => {
  await sandbox.fault({ fault: 'call', code: 403, method: 'GET', path: 'alertPolicies', times: 2 });
  await expect(found()).rejects.toThrow('403');
  await sandbox.clearFaults();
});
