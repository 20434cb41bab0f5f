import type { Context } from '../context';
import type { Job } from '../google/scheduler';
import { differences, type Difference } from '../jobs/compare';
import { listStageJobs } from '../jobs/stage-jobs';
import { jobAddress, type TableJob } from '../jobs/table';
import { findExisting, type Existing } from './existing';
import { UNREPEATABLE } from './resource-types';
import type { Stack } from './stack';
import type { StateResource } from './state';

/** What can be imported of a stage. */
export interface Importable {
  readonly resources: readonly Existing[];
  readonly jobs: readonly ImportableJob[];
}

/** A job of the table that exists and is not in the state. */
export interface ImportableJob {
  readonly table: TableJob;
  readonly live: Job;
  readonly differences: readonly Difference[];
}

/** Finds all that a stage declares, and that exists without being in its state. */
export async function findImportable(
  context: Context,
  stack: Stack,
  state: readonly StateResource[],
): Promise<Importable> {
  const [resources, { jobs, worker }] = await Promise.all([
    findExisting(context, stack, state),
    listStageJobs(context, stack.stage),
  ]);
  // The rest may belong to others as well, and a deploy takes it as it is.
  if (!resources.some(({ type }) => UNREPEATABLE.includes(type)))
    return { resources: [], jobs: [] };
  const addresses = resources.map(({ address }) => address);
  return {
    resources,
    jobs: jobs.flatMap(({ table, live }) => {
      if (live === undefined || !addresses.includes(jobAddress(table.task))) return [];
      return [{ table, live, differences: differences(live, table, worker.url) }];
    }),
  };
}
