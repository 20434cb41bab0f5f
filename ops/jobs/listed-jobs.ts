import { originOf } from '../../constructs/core/uri';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { shortName, type Job } from '../google/scheduler';
import { noteOfPause } from '../pauses/keep';
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
  readonly pause: KeptNote | undefined;
}

/** What jobs are listed from. */
export interface Listing {
  /** All jobs in the location. */
  readonly jobs: readonly Job[];
  /** Those of the stages to list. */
  readonly workers: readonly Worker[];
  readonly underWay: UnderWay;
  /** Who paused jobs, by their names. */
  readonly notes: ReadonlyMap<string, KeptNote>;
}

type Row = Omit<ListedJob, 'live' | 'pause' | 'runningSince'>;

/**
 * The jobs of the stages, and what is wrong with them.
 *
 * @param isAllStages - whether to list unmanaged jobs that call none of the stages' workers
 */
export function listedJobs(
  context: Context,
  { jobs, workers, underWay, notes }: Listing,
  isAllStages: boolean,
): ListedJob[] {
  const byName = new Map(jobs.map((job) => [shortName(job), job]));
  const table = workers.flatMap((worker) =>
    tableJobs(context, [worker.stage]).map((job) => {
      const live = byName.get(job.name);
      return { live, ...managedJob(job, live, worker, underWay.since.has(job.name)) };
    }),
  );
  const known = new Set(tableJobs(context).map((job) => job.name));
  const unmanaged = jobs
    .filter((job) => !known.has(shortName(job)))
    .map((live) => ({ live, ...unmanagedJob(context, live, workers) }))
    // For one stage, only the unmanaged jobs that target its worker.
    .filter((row) => isAllStages || row.stage !== undefined);
  return [...table, ...unmanaged].map((row) => ({
    ...row,
    runningSince: underWay.since.get(row.job),
    pause: noteOfPause(notes, row.live),
  }));
}

function managedJob(job: TableJob, live: Job | undefined, worker: Worker, isRunning: boolean): Row {
  const { stage, task, name } = job;
  const identity = { stage, task, job: name, schedule: live?.schedule ?? job.schedule };
  if (live === undefined) return { ...identity, marks: ['missing'], differences: [] };
  const found = differences(live, job, worker.url);
  const marks: Mark[] = [];
  if (found.length > 0) marks.push('drifted');
  if (live.state === 'PAUSED' && job.paused !== true) marks.push('paused');
  if (live.state === 'DISABLED' || live.state === 'UPDATE_FAILED') marks.push('broken');
  // What is running has not failed yet.
  if (!isRunning && lastResultOf(live)?.ok === false) marks.push('failed');
  return { ...identity, marks, differences: found };
}

function unmanagedJob({ settings }: Context, live: Job, workers: readonly Worker[]): Row {
  const origin = originOf(live.httpTarget?.uri ?? '');
  const stage = workers.find((worker) => worker.origins.includes(origin))?.stage;
  const job = shortName(live);
  const isLeft = notManagedReason(settings.appName, job, stage) !== undefined;
  // What else a shared project has is nobody's mistake.
  const isOurs = stage !== undefined || job.startsWith(`${settings.appName}-`);
  const marks: Mark[] = isOurs && !isLeft ? ['unmanaged'] : [];
  return { stage, task: undefined, job, schedule: live.schedule ?? '', marks, differences: [] };
}
