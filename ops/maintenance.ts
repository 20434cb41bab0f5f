import type { StageName } from '../stages/stages';
import { renderTable } from '../lib/table';
import type { Context, ExitStatus } from './context';
import { messageOf } from './errors';
import { listJobs, shortName, type Job } from './google/scheduler';
import { note, print, printJson } from './terminal';
import { setPaused } from './jobs/pausing';
import { tableJobs, type TableJob } from './jobs/table';

/** A job of the table, and whether it exists. */
export interface StageJob {
  readonly table: TableJob;
  readonly live: Job | undefined;
}

export async function jobsOfStageWithState(
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

interface Step {
  readonly job: string;
  readonly outcome: Outcome;
  /** Why it failed. */
  readonly cause?: string;
}

/**
 * Pauses or resumes jobs of a stage, one after the other and each whatever became of the ones
 * before, and says what became of each. After Ctrl-C no other is begun.
 */
export async function setAllPaused(
  context: Context,
  stage: StageName,
  wanted: readonly { readonly job: StageJob; readonly paused: boolean }[],
): Promise<ExitStatus> {
  const steps: Step[] = [];
  for (const { job, paused } of wanted) {
    const name = job.table.name;
    if (job.live === undefined) steps.push({ job: name, outcome: 'missing' });
    else if (context.signal.aborted) steps.push({ job: name, outcome: 'interrupted' });
    else steps.push({ job: name, ...(await step(context, job.live, paused)) });
  }
  return report(context, stage, steps);
}

async function step(context: Context, live: Job, paused: boolean): Promise<Omit<Step, 'job'>> {
  try {
    const changed = await setPaused(context, live, paused);
    if (!changed) return { outcome: 'unchanged' };
    return { outcome: paused ? 'paused' : 'resumed' };
  } catch (error) {
    return { outcome: 'failed', cause: messageOf(error) };
  }
}

function report(context: Context, stage: StageName, steps: readonly Step[]): ExitStatus {
  const { terminal } = context;
  const isDone = steps.every(({ outcome }) => ['paused', 'resumed', 'unchanged'].includes(outcome));
  if (context.json) {
    printJson(terminal, { stage, ok: isDone, jobs: steps });
    return isDone ? 0 : 1;
  }
  print(
    terminal,
    renderTable(
      ['job', 'outcome'],
      steps.map(({ job, outcome }) => [job, outcome]),
    ),
  );
  for (const { job, cause } of steps) if (cause !== undefined) note(terminal, `${job}: ${cause}`);
  if (steps.some(({ outcome }) => outcome === 'failed' || outcome === 'interrupted')) {
    note(terminal, 'Not all is done. The same command again completes it.');
  }
  if (steps.some(({ outcome }) => outcome === 'missing')) {
    note(terminal, `What is missing is made by: just gcp-scheduler-setup ${stage}`);
  }
  return isDone ? 0 : 1;
}
