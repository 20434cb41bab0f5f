import { Command, type CommanderError } from 'commander';
import type { AddCommand } from './command-line';
import { COMMAND_NAMES, recipeOf, type CommandName } from './command-names';
import { ParseError } from './parse-error';
import { createContext, type ExitStatus, type Process } from './context';
import { write } from './terminal';

interface CommandModule {
  /** Adds the module's commands to the command line. */
  readonly define: (add: AddCommand) => void;
}

const pausing = (): Promise<CommandModule> => import('./commands/pause');

/** The module of each command. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<CommandModule>>> = {
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
  tasks: () => import('./commands/tasks'),
  review: () => import('./commands/review'),
  page: () => import('./commands/page'),
};

/**
 * The command line. It loads only the command that is called, so that none pays for the imports of
 * another; without a command it loads all of them, for the help.
 *
 * @param done - receives the command's exit status
 */
export async function createProgram(
  argv: readonly string[],
  process: Process,
  done: (status: ExitStatus) => void,
): Promise<Command> {
  const program = new Command('ops')
    .description("Operate Validibot's scheduled jobs, in Google Cloud or in the sandbox")
    .configureOutput({
      writeOut: (text) => {
        write(process.terminal, process.terminal.output, text);
      },
      writeErr: (text) => {
        write(process.terminal, process.terminal.errors, text);
      },
    })
    .showSuggestionAfterError();
  const reject = (command: Command): Command =>
    command.exitOverride((error: CommanderError) => {
      throw new ParseError(error, command);
    });
  reject(program);
  const add: AddCommand = (name, summary, execute, needsProject = () => true) =>
    reject(program.command(name))
      .description(summary)
      .option(
        '--json',
        'print JSON, also of an error: {"error": {…}}; docs/operations.md describes the fields',
      )
      .addHelpText('after', `\nRecipe: just ${recipeOf(name)}`)
      .action(async (...given: readonly unknown[]) => {
        // Commander passes the arguments, the options, and last the command.
        const command = given.at(-1) as Command;
        const named = command.registeredArguments.map((each, index) => [each.name(), given[index]]);
        const { json = false, ...options } = command.opts<{ json?: boolean }>();
        const args = { ...Object.fromEntries(named), ...options } as Parameters<typeof execute>[1];
        const context = createContext(process, json, needsProject(args));
        try {
          done(await execute(context, args));
        } finally {
          for (const giveBack of context.locks.values()) giveBack();
        }
      });
  const [called = ''] = argv;
  const one = COMMAND_NAMES.find((name) => name === called);
  const modules = (one === undefined ? COMMAND_NAMES : [one]).map((name) => COMMANDS[name]);
  for (const load of new Set(modules)) (await load()).define(add);
  return program;
}
