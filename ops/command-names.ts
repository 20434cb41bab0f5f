/** The commands of the operations, in the order of the help. */
export const COMMAND_NAMES = [
  'setup',
  'list',
  'run',
  'pause',
  'resume',
  'pause-all',
  'resume-all',
  'delete-all',
  'import',
  'next',
  'logs',
  'console',
  'doctor',
  'tasks',
  'review',
  'page',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

/** The recipe of the justfile that runs a command. */
export function recipeOf(command: CommandName): string {
  return command === 'console' ? 'gcp-console' : `gcp-scheduler-${command}`;
}
