import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import type { TerraformStack } from 'cdktf';
import { FailedRunsAlert, type FailedRunsAlertProps } from '../../constructs/failed-runs-alert';
import { MissedRunsAlert } from '../../constructs/missed-runs-alert';
import { ScheduledJob } from '../../constructs/scheduled-job';
import { SuccessfulRunsMetric } from '../../constructs/successful-runs-metric';
import { configurationOf, emptyStack, PROPS } from '../support/scheduled-job';

const REGION = 'australia-southeast1';

function jobs(stack: TerraformStack, ...names: string[]): ScheduledJob[] {
  return names.map((name) => new ScheduledJob(stack, name, { ...PROPS, region: REGION }));
}

function failedRuns(props: Partial<FailedRunsAlertProps> = {}): FailedRunsAlert {
  const stack = emptyStack();
  return new FailedRunsAlert(stack, 'failed-runs', {
    jobs: jobs(stack, 'tidy', 'report'),
    ...props,
  });
}

describe('FailedRunsAlert', () => {
  it('matches the log of all its jobs in one condition, with a rate limit', () => {
    const alert = failedRuns({
      severity: 'CRITICAL',
      notifyEverySeconds: 300,
      autoCloseSeconds: 1800,
      channels: ['projects/p/notificationChannels/1'],
      runbook: (job) => `Look at ${job}.`,
    });
    expect(configurationOf(stackOf(alert)).resource?.google_monitoring_alert_policy).toEqual({
      'failed-runs': {
        display_name: 'A scheduled job of stack failed',
        combiner: 'OR',
        severity: 'CRITICAL',
        conditions: [
          {
            display_name: 'Failed attempt',
            condition_matched_log: {
              filter: [
                'resource.type="cloud_scheduler_job"',
                'log_id("cloudscheduler.googleapis.com/executions")',
                'jsonPayload."@type"="type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished"',
                'resource.labels.location="australia-southeast1"',
                'resource.labels.job_id=("tidy" OR "report")',
                'severity>=ERROR',
              ].join('\n'),
              label_extractors: {
                job: 'EXTRACT(resource.labels.job_id)',
                url: 'EXTRACT(jsonPayload.url)',
                status: 'EXTRACT(jsonPayload.status)',
              },
            },
          },
        ],
        alert_strategy: { notification_rate_limit: { period: '300s' }, auto_close: '1800s' },
        documentation: {
          mime_type: 'text/markdown',
          // Terraform writes ${ as $${; Cloud Monitoring fills in the variables.
          subject:
            'Scheduled job $${log.extracted_label.job} failed: $${log.extracted_label.status}',
          content:
            'Scheduled job `$${log.extracted_label.job}` called $${log.extracted_label.url} ' +
            'and failed with $${log.extracted_label.status}.\n\n' +
            'Look at $${log.extracted_label.job}.',
        },
        notification_channels: ['projects/p/notificationChannels/1'],
      },
    });
  });

  it('is an hourly error without channels by default', () => {
    const alert = failedRuns();
    const {
      severityInput: severity,
      alertStrategyInput,
      notificationChannelsInput,
    } = alert.resource;
    expect({ severity, alertStrategyInput, notificationChannelsInput }).toEqual({
      severity: 'ERROR',
      alertStrategyInput: { notificationRateLimit: { period: '3600s' }, autoClose: '86400s' },
      notificationChannelsInput: undefined,
    });
    expect(alert.node.validate()).toEqual([]);
  });

  it.each([
    ['notifyEverySeconds', 299, 'must be 300-172800', '300-172800'],
    ['notifyEverySeconds', 172_801, 'must be 300-172800', '300-172800'],
    ['notifyEverySeconds', NaN, 'must be an integer, 300-172800', '300-172800'],
    ['autoCloseSeconds', 1799, 'must be 1800-604800', '1800-604800'],
    ['autoCloseSeconds', 604_801, 'must be 1800-604800', '1800-604800'],
    ['autoCloseSeconds', 1800.5, 'must be an integer, 1800-604800', '1800-604800'],
  ])('rejects %s %d', (prop, value, wrong, range) => {
    expect(failedRuns({ [prop]: value }).node.validate()).toEqual([
      `Invalid ${prop} ${value}: ${wrong}. Fix: use ${range}, or omit it to use the default.`,
    ]);
  });
});

describe('MissedRunsAlert with a SuccessfulRunsMetric', () => {
  const stack = emptyStack();
  const [tidy, report] = jobs(stack, 'tidy', 'report');
  if (!tidy || !report) throw new Error('The jobs are missing.');
  const api = new ProjectService(stack, 'api', { service: 'monitoring.googleapis.com' });
  const metric = new SuccessfulRunsMetric(stack, 'successes', {
    jobs: [tidy, report],
    metricName: 'successful_runs',
    dependsOn: [api],
  });
  new MissedRunsAlert(stack, 'missed-runs-tidy', {
    job: tidy,
    metric,
    afterSeconds: 5400,
    severity: 'WARNING',
    runbook: (job) => `Look at ${job}.`,
    dependsOn: [api],
  });
  const { resource } = configurationOf(stack);

  it('counts only successful attempts, of all jobs', () => {
    expect(resource?.google_logging_metric).toEqual({
      successes: {
        name: 'successful_runs',
        description: 'Successful attempts of scheduled jobs',
        filter: [
          'resource.type="cloud_scheduler_job"',
          'log_id("cloudscheduler.googleapis.com/executions")',
          'jsonPayload."@type"="type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished"',
          'resource.labels.location="australia-southeast1"',
          'resource.labels.job_id=("tidy" OR "report")',
          'severity<ERROR',
        ].join('\n'),
        metric_descriptor: { metric_kind: 'DELTA', value_type: 'INT64', unit: '1' },
        depends_on: ['google_project_service.api'],
      },
    });
  });

  it('queries a metric that need not exist, with PromQL and without a rate limit', () => {
    const series =
      'logging_googleapis_com:user_successful_runs{monitored_resource="cloud_scheduler_job",' +
      'job_id="tidy",location="australia-southeast1"}';
    expect(resource?.google_monitoring_alert_policy).toEqual({
      'missed-runs-tidy': {
        display_name: 'tidy has not succeeded for too long',
        combiner: 'OR',
        severity: 'WARNING',
        conditions: [
          {
            display_name: 'No success for 90 min',
            condition_prometheus_query_language: {
              query:
                `sum by (job_id) (increase(${series}[3628800s])) > 0\n` +
                'unless\n' +
                `sum by (job_id) (increase(${series}[5400s])) > 0`,
              evaluation_interval: '300s',
              duration: '0s',
              disable_metric_validation: true,
            },
          },
        ],
        documentation: {
          mime_type: 'text/markdown',
          subject: 'Scheduled job tidy has not succeeded for 90 min',
          content:
            'Scheduled job `tidy` calls https://worker.example.com/tasks/tidy/?all=1. ' +
            'It has succeeded before, but not in the last 90 min.\n\nLook at tidy.',
        },
        depends_on: ['google_logging_metric.successes', 'google_project_service.api'],
      },
    });
  });
});

function stackOf(alert: FailedRunsAlert): TerraformStack {
  return alert.resource.cdktfStack;
}
