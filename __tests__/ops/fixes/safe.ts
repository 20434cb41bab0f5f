import type { CommanderError } from 'commander';
import { recipeOf, COMMAND_NAMES } from '../../../ops/command-names';
import { createProgram } from '../../../ops/program';
import type { Process } from '../../../ops/context';

const DESTRUCTIVE = /\b(?:delete|destroy|remove|rm|purge|truncate)\b/;

/**
 * Fails for a step that nobody should follow at 2 a.m.: one that deletes, or a command of ours that the
 * command line does not take.
 */
export async function requireSafe(step: object): Promise<void> {
  const { command } = step as { readonly command?: string };
  if (command === undefined) return;
  // Tasks and jobs may be named after what they delete.
  expect(command.replace(/validibot-[\w-]+/g, 'JOB')).not.toMatch(DESTRUCTIVE);
  const [, recipe = '', rest = ''] = /^just (gcp-[a-z-]+) ?(.*)$/.exec(command) ?? [];
  if (recipe === '') return;
  const name = COMMAND_NAMES.find((each) => recipeOf(each) === recipe);
  expect({ recipe, name }).toEqual({ recipe, name: expect.any(String) as string });
  await requireParses([name ?? '', ...rest.split(' ').filter((word) => word !== '')]);
}

/** Parses a command line with the program's own commands, and runs nothing. */
export async function requireParses(argv: readonly string[]): Promise<void> {
  const terminal = { output: { write: () => true }, errors: { write: () => true } };
  const program = await createProgram(argv, { terminal } as unknown as Process, () => undefined);
  for (const command of program.commands) command.action(() => undefined);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    throw new Error(`${argv.join(' ')}: ${(error as CommanderError).message}`, { cause: error });
  }
}
