import type { StageName } from '../stages/stages';
import { table } from '../lib/text/text';
import type { Context, ExitStatus } from './context';
import { messageOf, withFix } from './errors';
import { describeLocation, listJobs, shortName, type Job } from './google/scheduler';
import { note, print, printJson } from './terminal';
import { setPaused } from './jobs/pausing';
import { tableJobs, type TableJob } from './jobs/table';
import { recipe } from './fixes/fix';

/** A job of the table, with the live one if it exists. */
export interface StageJob {
  readonly table: TableJob;
  readonly live: Job | undefined;
}

/** Lists a stage's jobs, in the order of the table. */
export async function listStageJobs(
  { client, location, settings }: Context,
  stage: StageName,
): Promise<StageJob[]> {
  const byName = new Map((await listJobs(client, location)).map((job) => [shortName(job), job]));
  return tableJobs(settings, location, [stage]).map((table) => ({
    table,
    live: byName.get(table.name),
  }));
}

type Outcome = 'paused' | 'resumed' | 'unchanged' | 'missing' | 'failed' | 'interrupted';

interface JobOutcome {
  readonly job: string;
  readonly outcome: Outcome;
  /** Why it failed. */
  readonly cause?: string;
}

/**
 * Pauses or resumes jobs of a stage one after the other, and prints the outcome of each. A failure
 * does not stop the others; Ctrl-C does.
 */
export async function setAllPaused(
  context: Context,
  stage: StageName,
  wanted: readonly { readonly job: StageJob; readonly paused: boolean }[],
): Promise<ExitStatus> {
  const outcomes: JobOutcome[] = [];
  for (const { job, paused } of wanted) {
    const name = job.table.name;
    if (job.live === undefined) outcomes.push({ job: name, outcome: 'missing' });
    else if (context.signal.aborted) outcomes.push({ job: name, outcome: 'interrupted' });
    else outcomes.push({ job: name, ...(await setOnePaused(context, job.live, paused)) });
  }
  return report(context, stage, outcomes);
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

function report(context: Context, stage: StageName, outcomes: readonly JobOutcome[]): ExitStatus {
  const { terminal, location } = context;
  const isDone = outcomes.every(({ outcome }) =>
    ['paused', 'resumed', 'unchanged'].includes(outcome),
  );
  if (context.json) {
    printJson(terminal, { ...location, stage, ok: isDone, jobs: outcomes });
    return isDone ? 0 : 1;
  }
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
  return isDone ? 0 : 1;
}
