import type { Command } from 'commander';
import { TASK_NAMES } from '../stages/jobs';
import { STAGE_NAMES } from '../stages/stages';
import type { CommandName } from './command-names';
import type { Context, ExitStatus } from './context';

/** Options of every command. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** What a module of `commands/` defines its commands with. */
export interface CommandLine {
  /** Adds a command, which a recipe runs; the caller adds its arguments, options and action. */
  readonly add: (name: CommandName, summary: string) => Command;
  /**
   * Runs a command's action.
   *
   * @param needsProject - whether the command fails without a Google project. @default true
   */
  readonly run: (
    options: CommonOptions,
    execute: (context: Context) => Promise<ExitStatus>,
    needsProject?: boolean,
  ) => Promise<void>;
}

const [TASK_EXAMPLE] = TASK_NAMES;
const [STAGE_EXAMPLE] = STAGE_NAMES;

export const JOB_HELP = `job name, or task and stage: ${TASK_EXAMPLE} ${STAGE_EXAMPLE}`;
export const STAGE_HELP = `one of: ${STAGE_NAMES.join(', ')}`;
export const JOB_STAGE_HELP = `${STAGE_HELP}; required when <job> is a task`;
export const STAGES_HELP = `${STAGE_HELP} (default: all)`;
export const CONFIRM = '--confirm <stack>';
export const CONFIRM_HELP = 'the stack name, to confirm without a prompt';
