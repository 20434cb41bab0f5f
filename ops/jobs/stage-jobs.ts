import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { listJobs, shortName, type Job } from '../google/scheduler';
import { tableJobs, type TableJob } from './table';
import { unmanagedJobs, type UnmanagedJob } from './unmanaged';
import { findWorker, type Worker } from './workers';

/** A job of the table, with the live one if it exists. */
export interface StageJob {
  readonly table: TableJob;
  readonly live: Job | undefined;
}

/** The jobs that call a stage's worker. */
export interface StageJobs {
  readonly stage: StageName;
  /** Those of the table, in its order. */
  readonly jobs: readonly StageJob[];
  /** Those that are not in the table, which commands on the stage leave as they are. */
  readonly untouched: readonly UnmanagedJob[];
  readonly worker: Worker;
}

/** Lists a stage's jobs. A worker that cannot be read does not stop it. */
export async function listStageJobs(context: Context, stage: StageName): Promise<StageJobs> {
  const { client, location } = context;
  const [live, worker] = await Promise.all([
    listJobs(client, location),
    findWorker(context, stage),
  ]);
  const byName = new Map(live.map((job) => [shortName(job), job]));
  const origins = [worker.url, ...worker.origins];
  return {
    ...{ stage, worker },
    jobs: tableJobs(context, [stage]).map((table) => ({
      table,
      live: byName.get(table.name),
    })),
    untouched: unmanagedJobs(context, stage, live, origins),
  };
}
