import type { Command } from 'commander';
import type { Context, ExitStatus } from './context';

/** The options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** How a command of `commands/` puts itself on the command line. */
export interface CommandLine {
  /** Adds a command; its arguments, options and action are the caller's. */
  readonly add: (name: string, recipe: string, summary: string) => Command;
  /**
   * Runs a command's action.
   *
   * @param needsProject - whether it is wrong use without a Google project; by default it is
   */
  readonly run: (
    options: CommonOptions,
    execute: (context: Context) => Promise<ExitStatus>,
    needsProject?: boolean,
  ) => Promise<void>;
}

export const JOB_HELP = 'the name of a job, or a task followed by the stage: clear-sessions dev';
export const STAGE_HELP = 'dev, staging or prod';
export const STAGES_HELP = `${STAGE_HELP}; all of them when left out`;
export const CONFIRM = '--confirm <stack>';
export const CONFIRM_HELP = 'the name of the stack, instead of being asked for it';
