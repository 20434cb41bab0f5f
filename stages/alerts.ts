import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import type { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { Construct } from 'constructs';
import type { AlertProps } from '../constructs/alert-props';
import { asLiterals } from '../constructs/literals';
import { FailedRunsAlert } from '../constructs/failed-runs-alert';
import { MissedRunsAlert } from '../constructs/missed-runs-alert';
import type { ScheduledJob } from '../constructs/scheduled-job';
import { SuccessfulRunsMetric } from '../constructs/successful-runs-metric';
import { deletionProps } from './deletion';
import { enableApi } from './enable-api';
import { successfulRunsMetricName } from './naming';
import type { Settings } from './settings';
import type { Stage, StageJob, StageName } from './stages';
import { monitoringOf } from './monitoring';

/** A job of the table, and its construct. */
export interface MonitoredJob {
  readonly definition: StageJob;
  readonly job: ScheduledJob;
}

/** Alerts for every job of a stage, and the notification channels. */
export function addAlerts(
  stack: Construct,
  stageName: StageName,
  stage: Stage,
  settings: Settings,
  monitoredJobs: readonly MonitoredJob[],
): void {
  const jobs = monitoredJobs.map(({ job }) => job);
  if (jobs.length === 0) return;
  const monitoring = enableApi(stack, 'monitoring');
  const logging = enableApi(stack, 'logging');
  const common: AlertProps = {
    severity: stage.alerts?.severity,
    channels: channelIds(stack, settings, monitoring),
    runbook: (jobName) =>
      `- Find the cause and the fix: \`just gcp-scheduler-doctor ${stageName}\`\n` +
      `- List the failed attempts: \`just gcp-scheduler-logs ${jobName} --failed\``,
    dependsOn: [monitoring],
  };
  const deletion = deletionProps(stage.deletionProtection);
  new FailedRunsAlert(stack, 'failed-runs', {
    ...common,
    ...deletion,
    jobs,
    notifyEverySeconds: stage.alerts?.notifyEverySeconds,
  });
  const metric = new SuccessfulRunsMetric(stack, 'successful-runs', {
    jobs,
    metricName: successfulRunsMetricName(settings.appName, stageName),
    dependsOn: [logging],
    ...deletion,
  });
  for (const { definition, job } of monitoredJobs) {
    const { task, paused = false, deletionProtection = false } = definition;
    // An alert that must not be deleted is disabled while the stage pauses its job.
    const isDisabled = paused && deletionProtection;
    const monitored = isDisabled ? { ...definition, paused: false } : definition;
    const afterSeconds = monitoringOf(monitored, settings.timeZone).missedAfterSeconds;
    if (afterSeconds === undefined) continue;
    new MissedRunsAlert(stack, `missed-runs-${task}`, {
      ...common,
      ...deletionProps(definition.deletionProtection),
      ...(isDisabled && { enabled: false }),
      job,
      metric,
      afterSeconds,
    });
  }
}

function channelIds(stack: Construct, { channels }: Settings, api: ProjectService): string[] {
  const created = channels.emails.map(
    (email) =>
      new MonitoringNotificationChannel(
        stack,
        `email-${asIdentifier(email)}`,
        asLiterals({
          displayName: email,
          type: 'email',
          labels: { email_address: email },
          dependsOn: [api],
          // An address that is removed is deleted after the policies that use it were updated. Terraform
          // reads this from its state for a channel that is no longer declared. Provider issue 3008.
          lifecycle: { createBeforeDestroy: true },
        }),
      ).id,
  );
  return [...created, ...channels.existing];
}

/** Different addresses get different valid Terraform identifiers: ops_at_example_dot_com. */
function asIdentifier(email: string): string {
  const replacements: Readonly<Record<string, string>> = { '@': '_at_', '.': '_dot_' };
  return email.replace(
    /[^A-Za-z0-9-]/g,
    (character) => replacements[character] ?? `_${character.codePointAt(0)?.toString(16) ?? ''}_`,
  );
}
