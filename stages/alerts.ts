import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import type { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { Construct } from 'constructs';
import type { AlertProps } from '../constructs/alert-props';
import { FailedRunsAlert } from '../constructs/failed-runs-alert';
import { MissedRunsAlert } from '../constructs/missed-runs-alert';
import type { ScheduledJob } from '../constructs/scheduled-job';
import { SuccessfulRunsMetric } from '../constructs/successful-runs-metric';
import { enableApi } from './enable-api';
import { successfulRunsMetricName } from './naming';
import type { Settings } from './settings';
import type { Stage, StageJob, StageName } from './stages';
import { watchOf } from './watch';

/** A job of the table, and what it became. */
export interface WatchedJob {
  readonly definition: StageJob;
  readonly job: ScheduledJob;
}

/** Alerts for every job of a stage, and the channels that they notify. */
export function addAlerts(
  stack: Construct,
  stageName: StageName,
  stage: Stage,
  settings: Settings,
  watched: readonly WatchedJob[],
): void {
  const jobs = watched.map(({ job }) => job);
  if (jobs.length === 0) return;
  const monitoring = enableApi(stack, 'monitoring');
  const logging = enableApi(stack, 'logging');
  const common: AlertProps = {
    severity: stage.alerts?.severity,
    channels: channelIds(stack, settings, monitoring),
    runbook: (jobName) =>
      `- The cause, and what mends it: \`just gcp-scheduler-doctor ${stageName}\`\n` +
      `- Its failed attempts: \`just gcp-scheduler-logs ${jobName} --failed\``,
    dependsOn: [monitoring],
  };
  new FailedRunsAlert(stack, 'failed-runs', {
    ...common,
    jobs,
    notifyEverySeconds: stage.alerts?.notifyEverySeconds,
  });
  const metric = new SuccessfulRunsMetric(stack, 'successful-runs', {
    jobs,
    metricName: successfulRunsMetricName(settings.appName, stageName),
    dependsOn: [logging],
  });
  for (const { definition, job } of watched) {
    const afterSeconds = watchOf(definition, settings.timeZone).missedAfterSeconds;
    if (afterSeconds === undefined) continue;
    new MissedRunsAlert(stack, `missed-runs-${definition.task}`, {
      ...common,
      job,
      metric,
      afterSeconds,
    });
  }
}

function channelIds(stack: Construct, { channels }: Settings, api: ProjectService): string[] {
  const made = channels.emails.map(
    (email) =>
      new MonitoringNotificationChannel(stack, `email-${asIdentifier(email)}`, {
        displayName: email,
        type: 'email',
        labels: { email_address: email },
        dependsOn: [api],
      }).id,
  );
  return [...made, ...channels.existing];
}

/** Different addresses get different identifiers that Terraform takes: ops_at_example_dot_com. */
function asIdentifier(email: string): string {
  const words: Readonly<Record<string, string>> = { '@': '_at_', '.': '_dot_' };
  return email.replace(
    /[^A-Za-z0-9-]/g,
    (character) => words[character] ?? `_${character.codePointAt(0)?.toString(16) ?? ''}_`,
  );
}
