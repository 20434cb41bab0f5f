import type { Mistake } from '../../constructs/core/mistake';
import { suggest, unknownName } from '../../constructs/core/suggest';
import { jobProps, type JobProps } from '../../stages/job-props';
import { jobName, serviceAccountEmail } from '../../stages/naming';
import {
  jobsOfStage,
  STAGE_NAMES,
  STAGES,
  type Stage,
  type StageJob,
  type StageName,
} from '../../stages/stages';
import type { Context } from '../context';
import { UsageError } from '../errors';

/** A job of the table, in a stage. */
export interface TableJob {
  readonly stage: StageName;
  readonly task: string;
  /** Its name in Google Cloud. */
  readonly name: string;
  /** Five-field cron, in the time zone of the settings. */
  readonly schedule: string;
  /** `undefined` leaves it to operators. */
  readonly paused: boolean | undefined;
  /** Its entry in the table, with the stage's overrides. */
  readonly definition: StageJob;
  /** The job's expected props, given the origin of the stage's worker. */
  propsWith(workerUrl: string): JobProps;
}

/** What the names and the props of jobs depend on. */
export type Names = Pick<Context, 'settings' | 'location'>;

/** The table's jobs of some stages, in its order. */
export function tableJobs(
  { settings, location }: Names,
  stages: readonly StageName[] = STAGE_NAMES,
): TableJob[] {
  return stages.flatMap((stage) =>
    jobsOfStage(STAGES[stage]).map((job) => ({
      stage,
      task: job.task,
      name: jobName(settings.appName, job.task, stage),
      schedule: job.schedule,
      paused: job.paused,
      definition: job,
      propsWith: (workerUrl) =>
        jobProps(settings, stage, job, {
          workerUrl,
          serviceAccountEmail: serviceAccountEmail(settings.appName, stage, location.project),
        }),
    })),
  );
}

/** The worker origin that a stage sets, if it is not the one that Cloud Run reports. */
export function configuredWorkerUrl(stage: StageName): string | undefined {
  const { workerUrl }: Stage = STAGES[stage];
  return workerUrl;
}

/** The address of a task's job in Terraform. */
export function jobAddress(task: string): string {
  return `google_cloud_scheduler_job.${task}`;
}

/** The stage with this name. */
export function readStage(given: string): StageName {
  const stage = STAGE_NAMES.find((name) => name === given);
  if (stage !== undefined) return stage;
  throw new UsageError(unknown('stage', given, STAGE_NAMES));
}

/** The stage with this name, or all stages. */
export function readStages(given: string | undefined): readonly StageName[] {
  return given === undefined ? STAGE_NAMES : [readStage(given)];
}

/** Finds a job by its name, `validibot-clear-sessions-dev`, or by task and stage, `clear-sessions` `dev`. */
export function findJob(names: Names, given: string, stageGiven?: string): TableJob {
  if (stageGiven === undefined) {
    const jobs = tableJobs(names);
    const found = jobs.find((job) => job.name === given);
    if (found !== undefined) return found;
    const ofTask = jobs.filter((job) => job.task === given).map((job) => job.name);
    if (ofTask.length > 0) {
      throw new UsageError({
        subject: 'job',
        given,
        wrong: 'a task requires a stage',
        expected: ofTask.join(', '),
        fix: `add a stage: ${given} ${STAGE_NAMES.join('|')}`,
      });
    }
    throw new UsageError(unknownJob(given, jobs));
  }
  const jobs = tableJobs(names, [readStage(stageGiven)]);
  const found = jobs.find((job) => job.task === given || job.name === given);
  if (found !== undefined) return found;
  const tasks = jobs.map((job) => job.task);
  throw new UsageError(unknown('task', given, tasks));
}

function unknown(subject: string, given: string, known: readonly string[]): Mistake {
  return { subject, given, ...unknownName(`no such ${subject}`, given, known) };
}

/** A similar name is another job, which may delete data: it is named, and never the fix. */
function unknownJob(given: string, jobs: readonly TableJob[]): Mistake {
  const names = jobs.map(({ name }) => name);
  // A job of production has no stage in its name, but people write one.
  const forms = new Map(
    jobs.flatMap(({ name, task, stage }) => [
      [name, name],
      [`${name.slice(0, name.indexOf(task))}${task}-${stage}`, name],
    ]),
  );
  const meant = forms.get(suggest(given.replace(/[_\s]+/g, '-'), [...forms.keys()]) ?? '');
  return {
    subject: 'job',
    given,
    wrong: `is not a job in the table${meant === undefined ? '' : `; the closest is ${meant}`}`,
    expected: names.join(', '),
    fix: 'name a job in the table, or use `gcloud scheduler jobs` for any other',
  };
}
