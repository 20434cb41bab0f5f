import type { Command } from 'commander';
import { TASK_NAMES } from '../stages/jobs';
import { STAGE_NAMES } from '../stages/stages';
import type { CommandName } from './command-names';
import type { Context, ExitStatus } from './context';

/**
 * Adds a command, which a recipe runs; the caller adds its arguments and options. `execute` receives them by
 * their names.
 *
 * @param needsProject - whether the command fails without a Google project. @default - always
 */
export type AddCommand = <Args extends object>(
  name: CommandName,
  summary: string,
  execute: (context: Context, args: Args) => ExitStatus | Promise<ExitStatus>,
  needsProject?: (args: Args) => boolean,
) => Command;

const [TASK_EXAMPLE] = TASK_NAMES;
const [STAGE_EXAMPLE] = STAGE_NAMES;

export const JOB_HELP = `job name, or task and stage: ${TASK_EXAMPLE} ${STAGE_EXAMPLE}`;
export const STAGE_HELP = `one of: ${STAGE_NAMES.join(', ')}`;
export const JOB_STAGE_HELP = `${STAGE_HELP}; required when <job> is a task`;
export const STAGES_HELP = `${STAGE_HELP} (default: all)`;
export const CONFIRM = [
  '--confirm <stack>',
  'the stack name, to confirm without a prompt',
] as const;
