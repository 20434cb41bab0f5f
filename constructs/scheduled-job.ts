/// <reference types="node" />
import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job';
import { Annotations, Fn, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { JOB_DEFAULTS } from './core/job-defaults';
import { describeMistake, type Mistake } from './core/mistake';
import { possibleRetries } from './core/retries';
import { clockChangeEffects } from './core/schedule';
import { addDeletionPolicy, deletionLifecycle } from './deletion';
import type { ScheduledJobProps } from './scheduled-job-props';
import { asArgument, asLiterals, escapeTemplates } from './literals';
import { findMistakes, type ResolvedProps } from './scheduled-job-rules';
import { originOf } from './core/uri';

export type { HttpMethod, ScheduledJobProps } from './scheduled-job-props';

/** How far ahead synth looks for runs that daylight saving skips or doubles: two years. */
const WARNING_HORIZON = 2 * 366 * 86_400_000;

/** The jobs of each stack by name, to find duplicates. */
const jobsByName = new WeakMap<TerraformStack, Map<string, ScheduledJob>>();

/**
 * A Cloud Scheduler job that calls an HTTP endpoint with an OIDC token.
 *
 * Its Terraform address is `google_cloud_scheduler_job.<construct id>`. After an
 * apply, the live API shows no changes in the next plan. Mistakes in the props never throw: CDKTF's
 * validation reports all of them at synth.
 *
 * @example
 * new ScheduledJob(this, 'clear-sessions', {
 *   schedule: '0 2 * * *',
 *   timeZone: 'Australia/Sydney',
 *   uri: 'https://worker-abc123-ts.a.run.app/tasks/clear-sessions/',
 *   serviceAccountEmail: 'scheduler@my-project.iam.gserviceaccount.com',
 * });
 */
export class ScheduledJob extends Construct {
  /** The Terraform resource, for settings that have no prop. */
  public readonly resource: CloudSchedulerJob;

  /** The job's name in Google Cloud. */
  public readonly name: string;

  /** Five-field unix cron. */
  public readonly schedule: string;

  /** The time zone of the schedule: a tz database name. */
  public readonly timeZone: string;

  /** The URI that the job calls. */
  public readonly uri: string;

  /** The job's region, if it is not the provider's. */
  public readonly region?: string;

  constructor(scope: Construct, id: string, given: ScheduledJobProps) {
    super(scope, id);
    const props = withDefaults(id, given);
    this.name = props.jobName;
    this.schedule = props.schedule;
    this.timeZone = props.timeZone;
    this.uri = props.uri;
    this.region = props.region;
    const mistakes = [...findMistakes(props), ...this.claimName(props.jobName)];
    if (mistakes.length > 0) {
      this.node.addValidation({ validate: () => mistakes.map(describeMistake) });
    }

    // The id `Default` keeps CDKTF from adding a hash to the address.
    this.resource = new CloudSchedulerJob(this, 'Default', asLiterals(render(props)));
    addDeletionPolicy(this.resource, props);
    if (props.importId !== undefined) {
      this.resource.importFrom(escapeTemplates(props.importId));
    }

    const affectsRuns = ({ subject }: Mistake): boolean =>
      ['schedule', 'timeZone'].includes(subject);
    if (!mistakes.some(affectsRuns)) this.warnOfClockChanges(props);
    if (mistakes.length === 0) this.warnOfLostRetries(props);
  }

  /** The job's full id, known once it exists: `projects/P/locations/R/jobs/NAME`. */
  public get id(): string {
    return this.resource.id;
  }

  private claimName(name: string): Mistake[] {
    const stack = TerraformStack.of(this);
    const jobs = jobsByName.get(stack) ?? new Map<string, ScheduledJob>();
    jobsByName.set(stack, jobs);
    const other = jobs.get(name);
    if (other === undefined) {
      jobs.set(name, this);
      return [];
    }
    return [
      {
        subject: 'jobName',
        given: name,
        wrong: `must be unique in its stack, but ${other.node.path} has the same name`,
        fix: 'rename one of the two jobs',
      },
    ];
  }

  /** Cloud Scheduler gives up a run when the next one is due. */
  private warnOfLostRetries(props: ResolvedProps): void {
    const { schedule: cron, timeZone, retryCount, maxDoublings } = props;
    const { minBackoffSeconds: min, maxBackoffSeconds: max } = props;
    if (
      [cron, timeZone, retryCount, min, max, maxDoublings].some((value) =>
        Token.isUnresolved(value),
      )
    )
      return;
    const backoff = { minBackoff: min * 1000, maxBackoff: max * 1000, maxDoublings };
    const possible = possibleRetries({ cron, timeZone }, retryCount, backoff);
    if (possible === undefined || possible >= retryCount) return;
    Annotations.of(this).addWarning(
      `retryCount ${retryCount}: at most ${possible} of the retries start before the next scheduled run, ` +
        'which ends them. Fix: lower retryCount or minBackoffSeconds.',
    );
  }

  private warnOfClockChanges({ schedule, timeZone }: ResolvedProps): void {
    if (Token.isUnresolved(schedule) || Token.isUnresolved(timeZone)) return;
    const now = new Date();
    const until = new Date(now.getTime() + WARNING_HORIZON);
    const [effect] = clockChangeEffects({ cron: schedule, timeZone }, now, until);
    if (effect === undefined) return;
    const what =
      effect.kind === 'skipped'
        ? 'does not exist, because the clocks go forward; the job may not run'
        : 'occurs twice, because the clocks go back; the job may run once or twice';
    Annotations.of(this).addWarning(
      `schedule ${JSON.stringify(schedule)} in ${timeZone}: ${effect.wallTime} ${what} ` +
        '(Cloud Scheduler does not define it). Fix: use an hour that occurs once every day.',
    );
  }
}

function withDefaults(id: string, props: ScheduledJobProps): ResolvedProps {
  return {
    ...props,
    audience: props.audience ?? (Token.isUnresolved(props.uri) ? '' : originOf(props.uri)),
    jobName: props.jobName ?? id,
    httpMethod: props.httpMethod ?? JOB_DEFAULTS.httpMethod,
    attemptDeadlineSeconds: props.attemptDeadlineSeconds ?? JOB_DEFAULTS.attemptDeadlineSeconds,
    retryCount: props.retryCount ?? JOB_DEFAULTS.retryCount,
    minBackoffSeconds: props.minBackoffSeconds ?? JOB_DEFAULTS.minBackoffSeconds,
    maxBackoffSeconds: props.maxBackoffSeconds ?? JOB_DEFAULTS.maxBackoffSeconds,
    maxDoublings: props.maxDoublings ?? JOB_DEFAULTS.maxDoublings,
    maxRetryDurationSeconds: props.maxRetryDurationSeconds ?? JOB_DEFAULTS.maxRetryDurationSeconds,
  };
}

function render(props: ResolvedProps): ConstructorParameters<typeof CloudSchedulerJob>[2] {
  return {
    name: props.jobName,
    description: props.description,
    schedule: props.schedule,
    timeZone: props.timeZone,
    attemptDeadline: seconds(props.attemptDeadlineSeconds),
    paused: props.paused,
    region: props.region,
    project: props.project,
    // All five, although they are the API's defaults: an omitted field is a change in every plan.
    retryConfig: {
      retryCount: props.retryCount,
      minBackoffDuration: seconds(props.minBackoffSeconds),
      maxBackoffDuration: seconds(props.maxBackoffSeconds),
      maxDoublings: props.maxDoublings,
      maxRetryDuration: seconds(props.maxRetryDurationSeconds),
    },
    httpTarget: {
      uri: props.uri,
      httpMethod: props.httpMethod,
      headers: props.headers,
      body: props.body === undefined ? undefined : encodeBody(props.body),
      oidcToken: { serviceAccountEmail: props.serviceAccountEmail, audience: props.audience },
    },
    dependsOn: props.dependsOn && [...props.dependsOn],
    lifecycle: {
      ...deletionLifecycle(props),
      // The live API may add this header on read. Provider versions before 7.31 see a change, and store
      // the token; newer ones drop the header.
      ignoreChanges: ['http_target[0].headers["Authorization"]'],
    },
  };
}

/** Also for tokens: CDKTF resolves number tokens within strings. */
function seconds(count: number): string {
  return `${count}s`;
}

function encodeBody(body: string): string {
  if (Token.isUnresolved(body)) return Token.asString(Fn.base64encode(asArgument(body)));
  return Buffer.from(body).toString('base64');
}
