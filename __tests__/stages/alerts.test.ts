import { JOBS, TASK_NAMES } from '../../stages/jobs';
import { configurationOf, type Block } from '../support/scheduled-job';
import { configurationOfStage, customStack } from '../support/stages';

/** The alert policies of a stage, by their address in Terraform. */
function policies(...args: Parameters<typeof configurationOfStage>): Record<string, Block> {
  return { ...configurationOfStage(...args).resource?.google_monitoring_alert_policy };
}

it('alerts failed and missed runs of every job of the table', () => {
  const alerts = policies('prod');
  expect(Object.keys(alerts).sort()).toEqual(
    ['failed-runs', ...TASK_NAMES.map((task) => `missed-runs-${task}`)].sort(),
  );
  for (const task of TASK_NAMES) {
    expect(JSON.stringify(alerts['failed-runs'])).toContain(`validibot-${task}\\"`);
    expect(JSON.stringify(alerts[`missed-runs-${task}`])).toContain(JOBS[task].endpoint);
  }
});

it('is more urgent in production than in other stages', () => {
  const urgency = (['dev', 'staging', 'prod'] as const).map((stage) => {
    const { severity, alert_strategy: strategy } = policies(stage)['failed-runs'] ?? {};
    return [stage, severity, strategy];
  });
  const strategy = (period: string): object => ({
    auto_close: '86400s',
    notification_rate_limit: { period },
  });
  expect(urgency).toEqual([
    ['dev', 'WARNING', strategy('86400s')],
    ['staging', 'WARNING', strategy('86400s')],
    ['prod', 'CRITICAL', strategy('3600s')],
  ]);
});

it('names the recipes to run in each notification', () => {
  const { documentation } = policies('staging')['missed-runs-clear-sessions'] ?? {};
  expect((documentation as { content: string }).content).toContain(
    '- Find the cause and the fix: `just gcp-scheduler-doctor staging`\n' +
      '- List the failed attempts: `just gcp-scheduler-logs validibot-clear-sessions-staging --failed`',
  );
});

it('creates channels for addresses, and uses existing channels', () => {
  const existing = 'projects/p/notificationChannels/1';
  const env = { ALERT_EMAILS: 'ops@example.com,o.p_s@example.com', ALERT_CHANNELS: existing };
  const { resource } = configurationOfStage('dev', env);
  expect(resource?.google_monitoring_notification_channel).toEqual({
    'email-ops_at_example_dot_com': {
      display_name: 'ops@example.com',
      type: 'email',
      labels: { email_address: 'ops@example.com' },
      depends_on: ['google_project_service.monitoring-api'],
      lifecycle: { create_before_destroy: true },
    },
    'email-o_dot_p_5f_s_at_example_dot_com': {
      display_name: 'o.p_s@example.com',
      type: 'email',
      labels: { email_address: 'o.p_s@example.com' },
      depends_on: ['google_project_service.monitoring-api'],
      lifecycle: { create_before_destroy: true },
    },
  });
  for (const policy of Object.values(policies('dev', env))) {
    expect(policy.notification_channels).toEqual([
      '${google_monitoring_notification_channel.email-ops_at_example_dot_com.id}',
      '${google_monitoring_notification_channel.email-o_dot_p_5f_s_at_example_dot_com.id}',
      existing,
    ]);
  }
});

it('takes addresses and ids that look like templates as they are', () => {
  const env = {
    ALERT_EMAILS: '${x}@example.com',
    ALERT_CHANNELS: 'projects/%{x}/notificationChannels/1',
  };
  const { resource } = configurationOfStage('dev', env);
  const channels = Object.values(resource?.google_monitoring_notification_channel ?? {});
  expect(channels).toMatchObject([
    { display_name: '$${x}@example.com', labels: { email_address: '$${x}@example.com' } },
  ]);
  expect(policies('dev', env)['failed-runs']?.notification_channels).toContain(
    'projects/%%{x}/notificationChannels/1',
  );
});

it('omits channels if there are none', () => {
  for (const policy of Object.values(policies('dev'))) {
    expect(policy).not.toHaveProperty('notification_channels');
  }
});

it('enables the APIs and keeps them enabled', () => {
  const services = configurationOfStage('dev').resource?.google_project_service ?? {};
  expect(Object.values(services)).toEqual(
    ['cloudscheduler', 'logging', 'monitoring'].map((api) => ({
      service: `${api}.googleapis.com`,
      disable_on_destroy: false,
    })),
  );
});

describe('a custom stage', () => {
  it('that pauses a job only alerts its failures', () => {
    const stack = customStack({ jobs: { 'clear-sessions': { paused: true } } });
    const alerts = configurationOf(stack).resource?.google_monitoring_alert_policy ?? {};
    expect(Object.keys(alerts)).not.toContain('missed-runs-clear-sessions');
    expect(Object.keys(alerts)).toHaveLength(TASK_NAMES.length);
    expect(JSON.stringify(alerts['failed-runs'])).toContain('validibot-clear-sessions-dev');
  });

  it('without jobs has no alerts', () => {
    const omitted = Object.fromEntries(TASK_NAMES.map((task) => [task, { omit: true }]));
    const { resource } = configurationOf(customStack({ jobs: omitted }));
    expect(Object.keys(resource ?? {}).sort()).toEqual([
      'google_cloud_run_v2_service_iam_member',
      'google_project_service',
    ]);
  });

  it('with an invalid schedule reports the mistake, and does not throw', () => {
    const stack = customStack({ jobs: { 'clear-sessions': { schedule: '60 * * * *' } } });
    const mistakes = stack.node.findAll().flatMap((construct) => construct.node.validate());
    expect(mistakes).toEqual([expect.stringContaining('Invalid schedule "60 * * * *"')]);
  });
});
