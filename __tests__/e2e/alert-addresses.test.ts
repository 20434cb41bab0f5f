import fs from 'node:fs';
import path from 'node:path';
import { createApp } from '../../stages/app';
import { callOps, PLACE } from '../ops/support';
import { describeWithProvider } from '../support/terraform';
import { startCloud, type Cloud } from './sandbox';

jest.setTimeout(240_000);

const TWO = 'a@example.com,b@example.com';
const POLICIES_FIRST = 'Updating the alert policies first';
const STACK = path.join('stacks', 'validibot-dev');

describeWithProvider()('the addresses of ALERT_EMAILS', () => {
  let cloud: Cloud & { reset(): Promise<void> };
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.reset());

  const addressOf = (displayName: unknown): string =>
    typeof displayName === 'string' ? displayName : 'a missing channel';
  /** Who is notified by each policy: the addresses of its channels. */
  const notified = (): string[] => {
    const { alertPolicies, notificationChannels } = cloud.sandbox.world;
    const addresses = [...alertPolicies.values()].map((policy) =>
      (policy.notificationChannels ?? []).map((name) =>
        addressOf(notificationChannels.get(name)?.displayName),
      ),
    );
    expect(addresses.length).toBeGreaterThan(1);
    return [
      ...new Set(addresses.map((each) => [...each].sort((a, b) => a.localeCompare(b)).join(','))),
    ];
  };
  const channels = (): number => cloud.sandbox.world.notificationChannels.size;

  const setup = (emails: string) => {
    const env = { ...cloud.env, ALERT_EMAILS: emails, CDKTF_OUTDIR: outdir() };
    return callOps(env, ['setup', 'dev']);
  };
  const outdir = (): string => path.join(cloud.sandbox.directory, 'cdktf.out');

  /** Deploys as before channels were deleted last: without `create_before_destroy`. */
  const applyWithoutFlag = async (emails: string) => {
    createApp({ ...cloud.env, ALERT_EMAILS: emails }, outdir()).synth();
    const file = path.join(outdir(), STACK, 'cdk.tf.json');
    const { resource, ...rest } = JSON.parse(fs.readFileSync(file, 'utf8')) as Configuration;
    for (const channel of Object.values(resource.google_monitoring_notification_channel ?? {})) {
      expect(channel.lifecycle).toEqual({ create_before_destroy: true });
      delete channel.lifecycle;
    }
    fs.writeFileSync(file, JSON.stringify({ ...rest, resource }));
    const init = await cloud.terraform('dev', 'init', '-input=false', '-no-color');
    expect(init.status).toBe(0);
    return cloud.apply('dev');
  };

  interface Configuration {
    readonly resource: Readonly<Record<string, Record<string, { lifecycle?: unknown }>>>;
  }

  it('can be removed, swapped and emptied by one apply each', async () => {
    for (const emails of [TWO, 'a@example.com', 'c@example.com,d@example.com', '']) {
      await cloud.synth('dev', { ALERT_EMAILS: emails });
      expect(await cloud.apply('dev')).toMatchObject({ status: 0 });
      expect(notified()).toEqual([emails]);
      expect(channels()).toBe(emails === '' ? 0 : emails.split(',').length);
    }
    expect(await cloud.plan('dev')).toMatchObject({ status: 0 });
  });

  it('of a channel that does not exist change nothing, and a channel that exists is notified', async () => {
    const { alertPolicies, jobs, notificationChannels, project } = cloud.sandbox.world;
    const ofChannel = (ALERT_CHANNELS: string) =>
      callOps({ ...cloud.env, ALERT_CHANNELS, CDKTF_OUTDIR: outdir() }, ['setup', 'dev']);
    const missing = `projects/${project.projectId}/notificationChannels/1`;
    const refused = await ofChannel(missing);
    expect(refused.stderr).toContain(
      `Nothing was changed: ALERT_CHANNELS names notification channels that ${project.projectId} does not have: ${missing}.`,
    );
    expect(refused.status).toBe(1);
    expect([jobs.size, alertPolicies.size]).toEqual([0, 0]);
    notificationChannels.set(missing, { name: missing, type: 'email', displayName: 'ours' });
    expect(await ofChannel(missing)).toMatchObject({ status: 0 });
    expect(notified()).toEqual(['ours']);
  });

  it('can be changed by setup where an older version made the channels', async () => {
    expect(await applyWithoutFlag(TWO)).toMatchObject({ status: 0 });

    const first = await setup('b@example.com,c@example.com');

    expect([first.status, first.stderr]).toEqual([0, expect.stringContaining(POLICIES_FIRST)]);
    expect(notified()).toEqual(['b@example.com,c@example.com']);
    expect(channels()).toBe(2);

    // From then on, the state says of all channels that they are deleted last.
    const second = await setup('');
    expect([second.status, second.stderr]).toEqual([
      0,
      expect.not.stringContaining(POLICIES_FIRST),
    ]);
    expect(notified()).toEqual(['']);
    expect(channels()).toBe(0);
    expect((await setup('')).stdout).toBe(`dev is up to date in ${PLACE}.\n`);
  });

  it('can be removed by setup where an older version is stuck', async () => {
    expect(await applyWithoutFlag(TWO)).toMatchObject({ status: 0 });
    const stuck = await applyWithoutFlag('a@example.com');
    expect(stuck.status).toBe(1);
    expect(stuck.output).toContain('Cannot delete notification channel');

    expect(await setup('a@example.com')).toMatchObject({ status: 0 });

    expect(notified()).toEqual(['a@example.com']);
    expect(channels()).toBe(1);
  });
});
