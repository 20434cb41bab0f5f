import type { StageName } from '../stages/stages';
import { table } from '../lib/text/text';
import type { Context, ExitStatus } from './context';
import { messageOf, withFix } from './errors';
import { describeLocation, type Job } from './google/scheduler';
import { note, print, printJson } from './terminal';
import { setPaused } from './jobs/pausing';
import type { StageJob, StageJobs } from './jobs/stage-jobs';
import { noteUntouched, untouchedInJson, type UnmanagedJob } from './jobs/unmanaged';
import { recipe } from './fixes/fix';

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
  { stage, untouched }: StageJobs,
  wanted: readonly { readonly job: StageJob; readonly paused: boolean }[],
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
  noteUntouched(terminal, untouched);
}
