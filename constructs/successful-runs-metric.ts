import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { finishedAttempts } from './attempt-log';
import { addDeletionPolicy, deletionLifecycle, type DeletionProps } from './deletion';
import { asLiterals } from './literals';
import type { ScheduledJob } from './scheduled-job';

export interface SuccessfulRunsMetricProps extends DeletionProps {
  /** The jobs to count, in one region: 1 or more. */
  readonly jobs: readonly ScheduledJob[];

  /** The metric's name: letters, digits and `_`, so that PromQL needs no quoting. */
  readonly metricName: string;

  /** What must exist before the metric does, as Terraform's `depends_on`. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A log-based metric that counts the successful attempts of jobs, by job. Cloud Scheduler has no
 * metric of its own. Its Terraform address is `google_logging_metric.<construct id>`.
 */
export class SuccessfulRunsMetric extends Construct {
  public readonly resource: LoggingMetric;
  /** The metric's name in PromQL. Source: https://cloud.google.com/monitoring/promql/promql-mapping */
  public readonly promqlName: string;

  constructor(scope: Construct, id: string, props: SuccessfulRunsMetricProps) {
    super(scope, id);
    this.promqlName = `logging_googleapis_com:user_${props.metricName}`;
    this.resource = new LoggingMetric(
      this,
      'Default',
      asLiterals({
        name: props.metricName,
        description: 'Successful attempts of scheduled jobs',
        filter: finishedAttempts(props.jobs, 'succeeded'),
        metricDescriptor: { metricKind: 'DELTA', valueType: 'INT64', unit: '1' },
        dependsOn: props.dependsOn && [...props.dependsOn],
        lifecycle: deletionLifecycle(props),
      }),
    );
    addDeletionPolicy(this.resource, props);
  }
}
