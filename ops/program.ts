import { Command } from 'commander';
import { createContext, type Context, type ExitStatus, type Process } from './context';

const JOB_HELP = 'the name of a job, or a task followed by the stage: clear-sessions dev';
const STAGE_HELP = 'dev, staging or prod';
const STAGES_HELP = `${STAGE_HELP}; all of them when left out`;
const CONFIRM = '--confirm <stack>';
const CONFIRM_HELP = 'the name of the stack, instead of being asked for it';

interface Options {
  readonly json?: boolean;
}

/**
 * The command line. Each command is loaded when it is called, so that none pays for another.
 *
 * @param done - is given the status that the command ends with
 */
export function createProgram(process: Process, done: (status: ExitStatus) => void): Command {
  const program = new Command('ops')
    .description("Operates Validibot's scheduled jobs, in Google Cloud or in the sandbox.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.terminal.output.write(text),
      writeErr: (text) => process.terminal.errors.write(text),
    })
    .showSuggestionAfterError();
  const command = (name: string, recipe: string, summary: string): Command =>
    program
      .command(name)
      .description(summary)
      .option('--json', 'print JSON; its fields are in docs/operations.md')
      .addHelpText('after', `\nAs a recipe: just ${recipe}`);
  const run = async (
    { json = false }: Options,
    execute: (context: Context) => Promise<ExitStatus>,
    needsProject = true,
  ): Promise<void> => {
    done(await execute(createContext(process, json, needsProject)));
  };

  command('setup', 'gcp-scheduler-setup', 'Deploys a stage: makes or updates its jobs.')
    .argument('<stage>', STAGE_HELP)
    .option(CONFIRM, `${CONFIRM_HELP}; asked when something is destroyed`)
    .action((stage: string, options: Options & { confirm?: string }) =>
      run(options, async (context) =>
        (await import('./commands/setup')).setup(context, { stage, ...options }),
      ),
    );

  command('list', 'gcp-scheduler-list', 'Lists the jobs, and marks what is not as it should be.')
    .argument('[stage]', STAGES_HELP)
    .option('--check', 'exit with 1 when anything is marked')
    .action((stage: string | undefined, options: Options & { check?: boolean }) =>
      run(options, async (context) =>
        (await import('./commands/list')).list(context, { stage, ...options }),
      ),
    );

  command('run', 'gcp-scheduler-run', 'Runs a job now and waits for the result.')
    .argument('<job>', JOB_HELP)
    .argument('[stage]')
    .option('--no-wait', 'do not wait for the result')
    .action((job: string, stage: string | undefined, options: Options & { wait: boolean }) =>
      run(options, async (context) =>
        (await import('./commands/run')).run(context, { job, stage, ...options }),
      ),
    );

  for (const [name, summary] of [
    ['pause', 'Pauses a job; a run that is under way goes on.'],
    ['resume', 'Resumes a paused job.'],
  ] as const) {
    command(name, `gcp-scheduler-${name}`, summary)
      .argument('<job>', JOB_HELP)
      .argument('[stage]')
      .action((job: string, stage: string | undefined, options: Options) =>
        run(options, async (context) =>
          (await import('./commands/pause'))[name](context, { job, stage }),
        ),
      );
  }

  command('pause-all', 'gcp-scheduler-pause-all', 'Pauses every job of a stage.')
    .argument('<stage>', STAGE_HELP)
    .option('--record <file>', 'keep in this file which jobs were paused before')
    .action((stage: string, options: Options & { record?: string }) =>
      run(options, async (context) =>
        (await import('./commands/pause-all')).pauseAll(context, { stage, ...options }),
      ),
    );

  command('resume-all', 'gcp-scheduler-resume-all', 'Resumes the jobs of a stage.')
    .argument('<stage>', STAGE_HELP)
    .option('--record <file>', 'restore exactly what pause-all recorded, without asking')
    .option(CONFIRM, CONFIRM_HELP)
    .action((stage: string, options: Options & { record?: string; confirm?: string }) =>
      run(options, async (context) =>
        (await import('./commands/resume-all')).resumeAll(context, { stage, ...options }),
      ),
    );

  command('delete-all', 'gcp-scheduler-delete-all', "Deletes a stage's jobs, and nothing else.")
    .argument('<stage>', STAGE_HELP)
    .option(CONFIRM, CONFIRM_HELP)
    .action((stage: string, options: Options & { confirm?: string }) =>
      run(options, async (context) =>
        (await import('./commands/delete-all')).deleteAll(context, { stage, ...options }),
      ),
    );

  command('import', 'gcp-scheduler-import', 'Takes over jobs that exist and are not in the state.')
    .argument('<stage>', STAGE_HELP)
    .option('--apply', 'import them, and make them as the table has them')
    .action((stage: string, options: Options & { apply?: boolean }) =>
      run(options, async (context) =>
        (await import('./commands/import')).importJobs(context, { stage, ...options }),
      ),
    );

  command('next', 'gcp-scheduler-next', 'The coming runs by the table; needs no Google project.')
    .argument('[stage]', STAGES_HELP)
    .option('--days <n>', 'how far to look ahead: 1 to 366 days', '1')
    .action((stage: string | undefined, options: Options & { days: string }) =>
      run(
        options,
        async (context) => (await import('./commands/next')).next(context, { stage, ...options }),
        false,
      ),
    );

  command('logs', 'gcp-scheduler-logs', "A job's attempts, from Cloud Logging.")
    .argument('<job>', JOB_HELP)
    .argument('[stage]')
    .option('--since <duration>', 'how far to look back: 30m, 24h, 7d', '24h')
    .option('--failed', 'only attempts that failed')
    .action(
      (
        job: string,
        stage: string | undefined,
        options: Options & { since: string; failed?: boolean },
      ) =>
        run(options, async (context) =>
          (await import('./commands/logs')).logs(context, { job, stage, ...options }),
        ),
    );

  command('console', 'gcp-console', "Opens the console's page of the jobs, or prints its address.")
    .argument('[stage]', STAGES_HELP)
    .option('--no-open', 'only print')
    .action((stage: string | undefined, options: Options & { open: boolean }) =>
      run(options, async (context) =>
        (await import('./commands/console')).openConsole(context, { stage, ...options }),
      ),
    );

  command(
    'doctor',
    'gcp-scheduler-doctor',
    'Finds what keeps the jobs from running; changes nothing.',
  )
    .argument('<stage>', STAGE_HELP)
    .action((stage: string, options: Options) =>
      run(options, async (context) =>
        (await import('./commands/doctor')).doctor(context, { stage }),
      ),
    );

  command('review', 'gcp-scheduler-review', 'Reviews a plan: status 1 when it stops a job.')
    .argument('[stage]', `${STAGE_HELP}; planned now, unless --plan is given`)
    .option('--plan <file>', 'review this output of terraform show -json; - for stdin')
    .option('--out <file>', 'keep the plan in this file, for terraform apply')
    .option('--allow-destroy', 'let pass what stops jobs, and still show it')
    .action(
      (
        stage: string | undefined,
        options: Options & { plan?: string; out?: string; allowDestroy?: boolean },
      ) =>
        run(
          options,
          async (context) =>
            (await import('./commands/review')).review(context, { stage, ...options }),
          options.plan === undefined,
        ),
    );

  return program;
}
