import type { ITerraformDependable } from 'cdktf';
import type { HttpMethod } from './core/http-methods';
import type { DeletionProps } from './deletion';

export type { HttpMethod } from './core/http-methods';

/**
 * Props of a `ScheduledJob`. Values that are Terraform tokens are not validated. All other text is
 * literal: `${` and `%{` in it do not begin a Terraform template.
 *
 * Ranges and limits are those of
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export interface ScheduledJobProps extends DeletionProps {
  /**
   * When the job runs: five-field unix cron, as
   * https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules defines it.
   *
   * @example '0 9 * * MON-FRI'
   */
  readonly schedule: string;

  /**
   * The time zone of the schedule: a tz database name. Required, because the API's default of UTC
   * silently runs a job at the wrong hour.
   *
   * @example 'Australia/Sydney'
   */
  readonly timeZone: string;

  /**
   * The URI to call: https, or http on loopback; at most 2083 characters.
   *
   * @example 'https://worker-abc123-ts.a.run.app/tasks/clear-sessions/'
   */
  readonly uri: string;

  /**
   * The service account of the request's OIDC token. It must be in the job's project, and the
   * deployer needs `iam.serviceAccounts.actAs` on it.
   *
   * @example 'scheduler@my-project.iam.gserviceaccount.com'
   */
  readonly serviceAccountEmail: string;

  /**
   * The audience of the OIDC token. Always rendered: the API's default is the whole URI, which
   * services that compare origins do not accept.
   *
   * @default - the origin of `uri`; required when `uri` is a token
   * @example 'https://worker-abc123-ts.a.run.app'
   */
  readonly audience?: string;

  /**
   * The job's name in Google Cloud: 1 to 500 of `A-Z a-z 0-9 _ -`, unique in its stack. A
   * new name replaces the job.
   *
   * @default - the construct's id
   */
  readonly jobName?: string;

  /**
   * At most 500 characters (Unicode code points).
   *
   * @default - none
   */
  readonly description?: string;

  /** @default 'POST' */
  readonly httpMethod?: HttpMethod;

  /**
   * Headers of the request: less than 80 KB. Not those that the API sets itself (`Authorization`,
   * `Host`, `User-Agent`, `X-CloudScheduler*`), nor what the provider drops: names with
   * `Content-Length`, `X-Google-` or `X-AppEngine-`, and `Content-Type: application/octet-stream`.
   *
   * @default - none
   * @example { 'Content-Type': 'application/json' }
   */
  readonly headers?: Readonly<Record<string, string>>;

  /**
   * The body as plain text; it is encoded for the API. Not empty, at most 1 MB, and only with
   * POST, PUT or PATCH.
   * Without a `Content-Type` header the API sends it as `application/octet-stream`.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * Seconds that one attempt may take before it counts as failed: 15 to 1800.
   *
   * @default 600
   */
  readonly attemptDeadlineSeconds?: number;

  /**
   * Retries of a failed run: 0 to 5. They stop at the next scheduled time.
   *
   * @default 0
   */
  readonly retryCount?: number;

  /**
   * Seconds before the first retry: 0 or more, not above `maxBackoffSeconds`.
   *
   * @default 5
   */
  readonly minBackoffSeconds?: number;

  /**
   * Maximum seconds between two retries: 0 or more.
   *
   * @default 3600
   */
  readonly maxBackoffSeconds?: number;

  /**
   * How often the time between retries doubles before it grows linearly: 1 or more. The provider does
   * not send 0.
   *
   * @default 5
   */
  readonly maxDoublings?: number;

  /**
   * Seconds after the first attempt during which it may be retried; 0 means no limit.
   *
   * @default 0
   */
  readonly maxRetryDurationSeconds?: number;

  /**
   * Whether the job is paused. If omitted, it is not rendered, and an operator's pause survives
   * deploys. Removing `true` leaves the job paused: set `false` to resume it.
   *
   * @default - not rendered
   */
  readonly paused?: boolean;

  /**
   * A new region replaces the job.
   *
   * @default - the provider's
   * @example 'australia-southeast1'
   */
  readonly region?: string;

  /** @default - the provider's */
  readonly project?: string;

  /**
   * The full id of an existing job to import instead of creating one, with the `jobName`, `region` and
   * `project` of these props. The plan fails if it does not exist.
   *
   * @default - nothing is imported
   * @example 'projects/my-project/locations/australia-southeast1/jobs/clear-sessions'
   */
  readonly importId?: string;

  /**
   * What must exist before the job does, as Terraform's `depends_on`.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}
