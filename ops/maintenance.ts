import type { StageName } from '../stages/stages';
import { table } from '../lib/text/text';
import type { Context, ExitStatus } from './context';
import { messageOf, withFix } from './errors';
import { describeLocation, listJobs, shortName, type Job } from './google/scheduler';
import { note, print, printJson } from './terminal';
import { setPaused } from './jobs/pausing';
import { tableJobs, type TableJob } from './jobs/table';
import {
  describeUntouched,
  unmanagedJobs,
  untouchedInJson,
  type UnmanagedJob,
} from './jobs/unmanaged';
import { findWorker, type Worker } from './jobs/workers';
import { recipe } from './fixes/fix';

/** A job of the table, with the live one if it exists. */
export interface StageJob {
  readonly table: TableJob;
  readonly live: Job | undefined;
}

/** The jobs that call a stage's worker. */
export interface StageJobs {
  /** Those of the table, in its order. */
  readonly jobs: readonly StageJob[];
  /** Those that are not in the table, which commands on the stage leave as they are. */
  readonly untouched: readonly UnmanagedJob[];
  readonly worker: Worker;
}

/** Lists a stage's jobs. A worker that cannot be read does not stop it. */
export async function listStageJobs(context: Context, stage: StageName): Promise<StageJobs> {
  const { client, location, settings } = context;
  const [live, worker] = await Promise.all([
    listJobs(client, location),
    findWorker(context, stage),
  ]);
  const byName = new Map(live.map((job) => [shortName(job), job]));
  const origins = [worker.url, ...worker.origins];
  return {
    worker,
    jobs: tableJobs(settings, location, [stage]).map((table) => ({
      table,
      live: byName.get(table.name),
    })),
    untouched: unmanagedJobs(settings, location, stage, live, origins),
  };
}

type Outcome = 'paused' | 'resumed' | 'unchanged' | 'missing' | 'failed' | 'interrupted';

export interface JobOutcome {
  readonly job: string;
  readonly outcome: Outcome;
  /** Why it failed. */
  readonly cause?: string;
}

/** What a command did once the jobs were changed. */
export interface Afterwards {
  readonly ok: boolean;
  /** Of one job. */
  readonly jobInJson: (job: string) => object;
  readonly inJson?: object;
}

/**
 * Pauses or resumes jobs of a stage one after the other, and prints the outcome of each. A failure
 * does not stop the others; Ctrl-C does.
 *
 * @param afterwards - what to do then; it prints only if JSON is not asked for
 */
export async function setAllPaused(
  context: Context,
  stage: StageName,
  wanted: readonly { readonly job: StageJob; readonly paused: boolean }[],
  untouched: readonly UnmanagedJob[],
  afterwards: (outcomes: readonly JobOutcome[]) => Promise<Afterwards>,
): Promise<ExitStatus> {
  const outcomes: JobOutcome[] = [];
  for (const { job, paused } of wanted) {
    const name = job.table.name;
    if (job.live === undefined) outcomes.push({ job: name, outcome: 'missing' });
    else if (context.signal.aborted) outcomes.push({ job: name, outcome: 'interrupted' });
    else outcomes.push({ job: name, ...(await setOnePaused(context, job.live, paused)) });
  }
  const isDone = outcomes.every(({ outcome }) =>
    ['paused', 'resumed', 'unchanged'].includes(outcome),
  );
  if (!context.json) report(context, stage, outcomes, untouched);
  const after = await afterwards(outcomes);
  const ok = isDone && after.ok;
  if (context.json) {
    printJson(context.terminal, {
      ...{ ...context.location, stage, ok },
      jobs: outcomes.map((outcome) => ({ ...outcome, ...after.jobInJson(outcome.job) })),
      untouched: untouchedInJson(untouched),
      ...after.inJson,
    });
  }
  return ok ? 0 : 1;
}

async function setOnePaused(
  context: Context,
  live: Job,
  paused: boolean,
): Promise<Omit<JobOutcome, 'job'>> {
  try {
    const changed = await setPaused(context, live, paused);
    if (!changed) return { outcome: 'unchanged' };
    return { outcome: paused ? 'paused' : 'resumed' };
  } catch (error) {
    return { outcome: 'failed', cause: messageOf(error) };
  }
}

function report(
  context: Context,
  stage: StageName,
  outcomes: readonly JobOutcome[],
  untouched: readonly UnmanagedJob[],
): void {
  const { terminal, location } = context;
  print(
    terminal,
    table(
      [`job in ${describeLocation(location)}`, 'outcome'],
      outcomes.map(({ job, outcome }) => [job, outcome]),
    ),
  );
  for (const { job, cause } of outcomes)
    if (cause !== undefined) note(terminal, `${job}: ${cause}`);
  if (outcomes.some(({ outcome }) => outcome === 'failed' || outcome === 'interrupted')) {
    note(terminal, 'Some jobs were not changed. Run the same command again to finish.');
  }
  if (outcomes.some(({ outcome }) => outcome === 'missing')) {
    note(terminal, withFix('Some jobs are missing.', recipe('setup', stage)));
  }
  if (untouched.length > 0) note(terminal, describeUntouched(untouched));
}
