import { JOB_HELP, JOB_STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { describeLocation, getJob, type Job } from '../google/scheduler';
import { renderFix } from '../fixes/render';
import { setPaused } from '../jobs/pausing';
import { setupFix } from '../jobs/setup-fix';
import { findJob, type TableJob } from '../jobs/table';
import { pauseNotes } from '../pauses/pause-notes';
import { readPausePlan, withPauseOptions, type PauseOptions } from '../pauses/options';
import { settle, settledInJson } from '../pauses/settle';
import { note, print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  withPauseOptions(add('pause', 'Pause a job; a run in progress continues', pause))
    .argument('<job>', JOB_HELP)
    .argument('[stage]', JOB_STAGE_HELP);
  add('resume', 'Resume a paused job', resume)
    .argument('<job>', JOB_HELP)
    .argument('[stage]', JOB_STAGE_HELP)
    .option('--catch-up', 'then run it once if it missed a run, and wait for the result');
}

interface JobArguments {
  readonly job: string;
  readonly stage?: string;
}

interface ResumeArguments extends JobArguments {
  /** Whether to run the job once if it missed a run. @default false */
  readonly catchUp?: boolean;
}

/** Pauses a job, and notes who, why and until when. */
async function pause(context: Context, args: JobArguments & PauseOptions): Promise<ExitStatus> {
  const { client, location, terminal, json } = context;
  const job = findJob(context, args.job, args.stage);
  const live = await getJob(client, location, job.name);
  const plan = readPausePlan(args, context);
  const changed = await setPaused(context, live, true);
  const notes = await pauseNotes(context, [job.name], plan);
  if (json) {
    printJson(terminal, {
      ...{ ...location, job: job.name, state: 'PAUSED', changed },
      ...notes.inJson(job.name),
    });
    return 0;
  }
  print(
    terminal,
    `${job.name} in ${describeLocation(location)} ${changed ? 'is' : 'was already'} paused.`,
  );
  note(terminal, notes.describe());
  describeTable(context, job, { ...live, state: 'PAUSED' });
  return 0;
}

/** Resumes a job, and says what it missed. */
async function resume(context: Context, args: ResumeArguments): Promise<ExitStatus> {
  const { client, location, terminal, json } = context;
  const job = findJob(context, args.job, args.stage);
  const live = await getJob(client, location, job.name);
  const changed = await setPaused(context, live, false);
  if (!json) {
    const now = `${changed ? 'is' : 'was already'} enabled`;
    print(terminal, `${job.name} in ${describeLocation(location)} ${now}.`);
  }
  const settled = await settle(context, changed ? [{ table: job, live }] : [], {
    run: args.catchUp === true ? 'all' : 'none',
  });
  if (json) {
    printJson(terminal, {
      ...{ ...location, job: job.name, state: 'ENABLED', changed },
      ...settledInJson(settled, job.name),
    });
  } else describeTable(context, job, { ...live, state: 'ENABLED' });
  return settled.ok ? 0 : 1;
}

/** Where the table leaves `paused` out, deploys do not change it. */
function describeTable({ settings, terminal }: Context, job: TableJob, live: Job): void {
  const { paused } = job;
  if (paused === undefined || paused === (live.state === 'PAUSED')) return;
  const { fix, caveat } = setupFix(job, live, settings.timeZone);
  print(
    terminal,
    `The table says paused: ${paused}, so the next deploy ${paused ? 'pauses' : 'resumes'} it again (${renderFix(fix)})${caveat}.`,
  );
}
