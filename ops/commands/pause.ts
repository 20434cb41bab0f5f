import { JOB_HELP, JOB_STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { describeLocation, getJob } from '../google/scheduler';
import { renderFix } from '../fixes/render';
import { setPaused } from '../jobs/pausing';
import { setupFix } from '../jobs/setup-fix';
import { findJob } from '../jobs/table';
import { print, printJson } from '../terminal';

export function define({ add, run }: CommandLine): void {
  for (const [name, summary, execute] of [
    ['pause', 'Pause a job; a run in progress continues', pause],
    ['resume', 'Resume a paused job', resume],
  ] as const) {
    add(name, summary)
      .argument('<job>', JOB_HELP)
      .argument('[stage]', JOB_STAGE_HELP)
      .action((job: string, stage: string | undefined, options: CommonOptions) =>
        run(options, (context) => execute(context, { job, stage })),
      );
  }
}

export interface PauseArguments {
  readonly job: string;
  readonly stage?: string;
}

/** Pauses a job. */
export function pause(context: Context, args: PauseArguments): Promise<ExitStatus> {
  return change(context, args, true);
}

/** Resumes a job. */
export function resume(context: Context, args: PauseArguments): Promise<ExitStatus> {
  return change(context, args, false);
}

async function change(
  context: Context,
  args: PauseArguments,
  paused: boolean,
): Promise<ExitStatus> {
  const { client, location, settings, terminal, json } = context;
  const job = findJob(settings, location, args.job, args.stage);
  const live = await getJob(client, location, job.name);
  const changed = await setPaused(context, live, paused);
  if (json) {
    printJson(terminal, {
      ...location,
      job: job.name,
      state: paused ? 'PAUSED' : 'ENABLED',
      changed,
    });
    return 0;
  }
  const now = paused ? 'paused' : 'enabled';
  print(
    terminal,
    `${job.name} in ${describeLocation(location)} ${changed ? 'is' : 'was already'} ${now}.`,
  );
  // Where the table leaves `paused` out, deploys do not change it.
  if (job.paused !== undefined && job.paused !== paused) {
    const { fix, caveat } = setupFix(
      job,
      { ...live, state: paused ? 'PAUSED' : 'ENABLED' },
      settings.timeZone,
    );
    print(
      terminal,
      `The table says paused: ${job.paused}, so the next deploy ${job.paused ? 'pauses' : 'resumes'} it again (${renderFix(fix)})${caveat}.`,
    );
  }
  return 0;
}
