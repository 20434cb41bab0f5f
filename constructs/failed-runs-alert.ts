import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { failedRunsAlertName } from './core/alert-names';
import { alertDocumentation, notificationChannels, type AlertProps } from './alert-props';
import { finishedAttempts } from './attempt-log';
import { describeMistake } from './core/mistake';
import { addDeletionPolicy, deletionLifecycle } from './deletion';
import { asLiterals } from './literals';
import type { ScheduledJob } from './scheduled-job';
import { checkInteger } from './integer';

export interface FailedRunsAlertProps extends AlertProps {
  /** The jobs to monitor, in one region: 1 or more. */
  readonly jobs: readonly ScheduledJob[];

  /**
   * Minimum seconds between two notifications of one incident: 300 to 172800 (5 minutes to 2
   * days). Source: https://cloud.google.com/logging/docs/alerting/log-based-alerts
   *
   * @default 3600
   */
  readonly notifyEverySeconds?: number;

  /**
   * Seconds without a further failure after which the incident closes: 1800 to 604800 (30 minutes
   * to 7 days). Source: `autoClose` of
   * https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#alertstrategy
   *
   * @default 86400
   */
  readonly autoCloseSeconds?: number;
}

/** Labels of the incident, taken from the log entry; variables in its documentation. */
const JOB = '${log.extracted_label.job}';
const URL = '${log.extracted_label.url}';
const STATUS = '${log.extracted_label.status}';

/**
 * Opens an incident for each job with a failed attempt: one for as long as it fails the same way.
 *
 * It matches log entries directly, so it needs no metric and works from the first deploy. Its
 * Terraform address is `google_monitoring_alert_policy.<construct id>`.
 */
export class FailedRunsAlert extends Construct {
  public readonly resource: MonitoringAlertPolicy;

  constructor(scope: Construct, id: string, props: FailedRunsAlertProps) {
    super(scope, id);
    const { notifyEverySeconds = 3600, autoCloseSeconds = 86_400 } = props;
    const mistakes = [
      ...checkInteger('notifyEverySeconds', notifyEverySeconds, 300, 172_800),
      ...checkInteger('autoCloseSeconds', autoCloseSeconds, 1800, 604_800),
    ];
    this.node.addValidation({ validate: () => mistakes.map(describeMistake) });
    this.resource = new MonitoringAlertPolicy(
      this,
      'Default',
      asLiterals({
        displayName: failedRunsAlertName(TerraformStack.of(this).node.id),
        combiner: 'OR',
        severity: props.severity ?? 'ERROR',
        // The API requires a log match to be the only condition.
        conditions: [
          {
            displayName: 'Failed attempt',
            conditionMatchedLog: {
              filter: finishedAttempts(props.jobs, 'failed'),
              // Each combination of values opens a separate incident.
              labelExtractors: {
                job: 'EXTRACT(resource.labels.job_id)',
                url: 'EXTRACT(jsonPayload.url)',
                status: 'EXTRACT(jsonPayload.status)',
              },
            },
          },
        ],
        alertStrategy: {
          notificationRateLimit: { period: `${notifyEverySeconds}s` },
          autoClose: `${autoCloseSeconds}s`,
        },
        documentation: alertDocumentation(
          `Scheduled job ${JOB} failed: ${STATUS}`,
          `Scheduled job \`${JOB}\` called ${URL} and failed with ${STATUS}.`,
          JOB,
          props,
        ),
        notificationChannels: notificationChannels(props),
        dependsOn: props.dependsOn && [...props.dependsOn],
        lifecycle: deletionLifecycle(props),
      }),
    );
    addDeletionPolicy(this.resource, props);
  }
}
