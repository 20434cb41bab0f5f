import { originOf } from '../../constructs/core/uri';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { shortName, type Job } from '../google/scheduler';
import type { KeptNote } from '../pauses/note';
import { differences, type Difference } from './compare';
import { lastResultOf, type UnderWay } from './last-run';
import { tableJobs, type TableJob } from './table';
import { notManagedReason } from './unmanaged';
import type { Worker } from './workers';

/** What is wrong with a job. */
export type Mark = 'missing' | 'unmanaged' | 'drifted' | 'paused' | 'broken' | 'failed';

/** A job of the table, of Google, or of both. */
export interface ListedJob {
  readonly stage: StageName | undefined;
  readonly task: string | undefined;
  readonly job: string;
  /** The live schedule, else the table's. Five-field cron, except of some unmanaged jobs. */
  readonly schedule: string;
  readonly live: Job | undefined;
  /** When the run under way started, if there is one. */
  readonly runningSince: Date | undefined;
  readonly marks: readonly Mark[];
  readonly differences: readonly Difference[];
  /** Who paused it, why and until when, as far as it was noted. */
  readonly pause?: KeptNote | undefined;
}

/**
 * The jobs of the stages, and what is wrong with them.
 *
 * @param isAllStages - whether to list unmanaged jobs that call none of the stages' workers
 */
export function listedJobs(
  context: Context,
  jobs: readonly Job[],
  workers: readonly Worker[],
  underWay: UnderWay,
  isAllStages: boolean,
): ListedJob[] {
  const byName = new Map(jobs.map((job) => [shortName(job), job]));
  const table = workers.flatMap((worker) =>
    tableJobs(context, [worker.stage]).map((job) =>
      managedJob(job, byName.get(job.name), worker, underWay),
    ),
  );
  const known = new Set(tableJobs(context).map((job) => job.name));
  const unmanaged = jobs
    .filter((job) => !known.has(shortName(job)))
    .map((job) => unmanagedJob(context, job, workers, underWay))
    // For one stage, only the unmanaged jobs that target its worker.
    .filter((row) => isAllStages || row.stage !== undefined);
  return [...table, ...unmanaged];
}

function managedJob(
  job: TableJob,
  live: Job | undefined,
  worker: Worker,
  underWay: UnderWay,
): ListedJob {
  const schedule = live?.schedule ?? job.schedule;
  const runningSince = underWay.since.get(job.name);
  const identity = {
    stage: job.stage,
    task: job.task,
    job: job.name,
    schedule,
    live,
    runningSince,
  };
  if (live === undefined) return { ...identity, marks: ['missing'], differences: [] };
  const found = differences(live, job, worker.url);
  const marks: Mark[] = [];
  if (found.length > 0) marks.push('drifted');
  if (live.state === 'PAUSED' && job.paused !== true) marks.push('paused');
  if (live.state === 'DISABLED' || live.state === 'UPDATE_FAILED') marks.push('broken');
  // What is running has not failed yet.
  if (runningSince === undefined && lastResultOf(live)?.ok === false) marks.push('failed');
  return { ...identity, marks, differences: found };
}

function unmanagedJob(
  { settings }: Context,
  live: Job,
  workers: readonly Worker[],
  underWay: UnderWay,
): ListedJob {
  const origin = originOf(live.httpTarget?.uri ?? '');
  const stage = workers.find((worker) => worker.origins.includes(origin))?.stage;
  const job = shortName(live);
  const { schedule = '' } = live;
  const isLeft = notManagedReason(settings.appName, job, stage) !== undefined;
  // What else a shared project has is nobody's mistake.
  const isOurs = stage !== undefined || job.startsWith(`${settings.appName}-`);
  const marks: Mark[] = isOurs && !isLeft ? ['unmanaged'] : [];
  const runningSince = underWay.since.get(job);
  return { stage, task: undefined, job, schedule, live, runningSince, marks, differences: [] };
}
