import { Command } from 'commander';
import type { CommandLine } from './command-line';
import { createContext, type ExitStatus, type Process } from './context';

interface CommandModule {
  /** Puts the module's commands on the command line. */
  readonly define: (line: CommandLine) => void;
}

const pausing = (): Promise<CommandModule> => import('./commands/pause');

/** The modules of the commands by name, in the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  setup: () => import('./commands/setup'),
  list: () => import('./commands/list'),
  run: () => import('./commands/run'),
  pause: pausing,
  resume: pausing,
  'pause-all': () => import('./commands/pause-all'),
  'resume-all': () => import('./commands/resume-all'),
  'delete-all': () => import('./commands/delete-all'),
  import: () => import('./commands/import'),
  next: () => import('./commands/next'),
  logs: () => import('./commands/logs'),
  console: () => import('./commands/console'),
  doctor: () => import('./commands/doctor'),
  review: () => import('./commands/review'),
};

/**
 * The command line. Only the command that is called is loaded, so that none pays for another; all of
 * them are where none is, for the help.
 *
 * @param done - is given the status that the command ends with
 */
export async function createProgram(
  argv: readonly string[],
  process: Process,
  done: (status: ExitStatus) => void,
): Promise<Command> {
  const program = new Command('ops')
    .description("Operates Validibot's scheduled jobs, in Google Cloud or in the sandbox.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.terminal.output.write(text),
      writeErr: (text) => process.terminal.errors.write(text),
    })
    .showSuggestionAfterError();
  const line: CommandLine = {
    add: (name, recipe, summary) =>
      program
        .command(name)
        .description(summary)
        .option('--json', 'print JSON; its fields are in docs/operations.md')
        .addHelpText('after', `\nAs a recipe: just ${recipe}`),
    run: async ({ json = false }, execute, needsProject = true) => {
      done(await execute(createContext(process, json, needsProject)));
    },
  };
  const [called = ''] = argv;
  const one = Object.hasOwn(COMMANDS, called) ? COMMANDS[called] : undefined;
  for (const load of new Set(one ? [one] : Object.values(COMMANDS))) (await load()).define(line);
  return program;
}
