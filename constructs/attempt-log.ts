import type { ScheduledJob } from './scheduled-job';

/**
 * A Cloud Logging filter for the finished attempts of the given jobs. The log format:
 * https://cloud.google.com/scheduler/docs/logging
 */
export function finishedAttempts(
  jobs: readonly ScheduledJob[],
  result: 'failed' | 'succeeded',
): string {
  const names = jobs.map((job) => JSON.stringify(job.name)).join(' OR ');
  const regions = [...new Set(jobs.map((job) => job.region))].filter(
    (region) => region !== undefined,
  );
  return [
    'resource.type="cloud_scheduler_job"',
    'log_id("cloudscheduler.googleapis.com/executions")',
    'jsonPayload."@type"="type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished"',
    ...regions.map((region) => `resource.labels.location=${JSON.stringify(region)}`),
    `resource.labels.job_id=(${names})`,
    result === 'failed' ? 'severity>=ERROR' : 'severity<ERROR',
  ].join('\n');
}
