import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { Construct } from 'constructs';
import { missedRunsAlertName } from './core/alert-names';
import { alertDocumentation, notificationChannels, type AlertProps } from './alert-props';
import { formatDuration } from './core/format-duration';
import { LOOKBACK_SECONDS } from './core/missed-runs';
import { addDeletionPolicy, deletionLifecycle } from './deletion';
import { asLiterals } from './literals';
import type { ScheduledJob } from './scheduled-job';
import type { SuccessfulRunsMetric } from './successful-runs-metric';

export interface MissedRunsAlertProps extends AlertProps {
  /** The job to monitor; `metric` must count it. */
  readonly job: ScheduledJob;

  readonly metric: SuccessfulRunsMetric;

  /** Seconds without a success after which the incident opens; see `missedRunsAfterSeconds`. */
  readonly afterSeconds: number;

  /** Whether the alert opens incidents, as it should not while the job is paused. @default true */
  readonly enabled?: boolean;
}

/** How often the condition is evaluated, in seconds; a multiple of 30. */
const EVALUATION_SECONDS = 300;

/**
 * Opens an incident when a job that succeeded within the last six weeks has not succeeded for too
 * long. It cannot detect a job that never succeeded, and does not know whether a job is paused.
 *
 * It uses PromQL because a condition on absence is limited to 23.5 hours, and because only PromQL
 * may refer to a metric that does not exist yet, so that the first deploy succeeds in one apply. Its
 * Terraform address is `google_monitoring_alert_policy.<construct id>`.
 */
export class MissedRunsAlert extends Construct {
  public readonly resource: MonitoringAlertPolicy;

  constructor(scope: Construct, id: string, props: MissedRunsAlertProps) {
    super(scope, id);
    const { job, metric, afterSeconds } = props;
    const duration = formatDuration(afterSeconds);
    this.resource = new MonitoringAlertPolicy(
      this,
      'Default',
      asLiterals({
        displayName: missedRunsAlertName(job.name),
        combiner: 'OR',
        severity: props.severity ?? 'ERROR',
        enabled: props.enabled,
        conditions: [
          {
            displayName: `No success for ${duration}`,
            conditionPrometheusQueryLanguage: {
              query: [
                `${successes(job, metric, LOOKBACK_SECONDS)} > 0`,
                'unless',
                `${successes(job, metric, afterSeconds)} > 0`,
              ].join('\n'),
              evaluationInterval: `${EVALUATION_SECONDS}s`,
              duration: '0s',
              disableMetricValidation: true,
            },
          },
        ],
        documentation: alertDocumentation(
          `Scheduled job ${job.name} has not succeeded for ${duration}`,
          `Scheduled job \`${job.name}\` calls ${job.uri}. It has succeeded before, but not in the ` +
            `last ${duration}.`,
          job.name,
          props,
        ),
        notificationChannels: notificationChannels(props),
        // The query is a string, so Terraform does not see that it refers to the metric.
        dependsOn: [metric.resource, ...(props.dependsOn ?? [])],
        lifecycle: deletionLifecycle(props),
      }),
    );
    addDeletionPolicy(this.resource, props);
  }
}

function successes(job: ScheduledJob, metric: SuccessfulRunsMetric, seconds: number): string {
  const labels = [
    'monitored_resource="cloud_scheduler_job"',
    `job_id=${JSON.stringify(job.name)}`,
    ...(job.region === undefined ? [] : [`location=${JSON.stringify(job.region)}`]),
  ];
  return `sum by (job_id) (increase(${metric.promqlName}{${labels.join(',')}}[${seconds}s]))`;
}
