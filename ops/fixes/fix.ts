import { deployWorkerRecipe, placeOfRecipe } from '../../stages/app-recipes';
import { recipeOf, type CommandName } from '../command-names';

/** What to do about a problem: one step after the other, at least one. */
export type Fix = readonly [Step, ...Step[]];

/** A part of a fix. */
export type Step = Command | Edit | Wait | Manual;

interface Any {
  /** What only the reader can know: `only if that process no longer runs`. @default - no condition */
  readonly when?: string;
  /** Whether it is another way than the step before it. @default false */
  readonly alternative?: true;
}

/** A command for a shell. Words in capitals such as `YOUR_EMAIL` are for the reader to replace. */
export interface Command extends Any {
  readonly kind: 'command';
  /** Program and arguments, not quoted. */
  readonly words: readonly string[];
  /** Where it is run: `Validibot's repository`. @default - here */
  readonly where?: string;
}

/** A change of a file, relative to the project. */
export interface Edit extends Any {
  readonly kind: 'edit';
  readonly file: string;
  /** What to change in it: `set workerUrl of dev to https://…`. */
  readonly change: string;
}

/** Nothing to do but to wait. */
export interface Wait extends Any {
  readonly kind: 'wait';
  /** Follows "wait until": `the run has ended`. */
  readonly until: string;
}

/** What no command does: in a browser, or by someone else. */
export interface Manual extends Any {
  readonly kind: 'manual';
  /** An imperative: `install Terraform 1.6 or newer`. */
  readonly what: string;
}

/** The commands that a fix may name: none that deletes. */
export type FixCommand = Exclude<CommandName, 'delete-all'>;

/** A command of ours: `recipe('run', 'validibot-clear-sessions-dev')`. */
export function recipe(command: FixCommand, ...args: readonly string[]): Fix {
  return run('just', recipeOf(command), ...args);
}

/** `gcloud …`; each word is quoted where a shell needs it. */
export function gcloud(...words: readonly string[]): Fix {
  return run('gcloud', ...words);
}

/** Terraform in a stack's folder. */
export function terraform(folder: string, ...words: readonly string[]): Fix {
  return run('terraform', `-chdir=${folder}`, ...words);
}

/** Any other command. */
export function run(...words: readonly [string, ...string[]]): Fix {
  return [{ kind: 'command', words }];
}

/** Sets an environment variable in the caller's shell. */
export function exportVariable(name: string, value: string): Fix {
  return run('export', `${name}=${value}`);
}

/** @param file - relative to the project: `stages/stages.ts` */
export function edit(file: string, change: string): Fix {
  return [{ kind: 'edit', file, change }];
}

/** @param until - follows "wait until" */
export function waitUntil(until: string): Fix {
  return [{ kind: 'wait', until }];
}

/** What no command does. @param what - an imperative */
export function manual(what: string): Fix {
  return [{ kind: 'manual', what }];
}

/** Deploys the worker, by Validibot's own recipe. */
export function deployWorker(stage: string): Fix {
  const deploy = deployWorkerRecipe(stage);
  return [{ kind: 'command', words: deploy.words, where: placeOfRecipe(deploy) }];
}

/** A fix on a condition that the reader must check: `if this is intended`, `only if …`. */
export function when(condition: string, [first, ...rest]: Fix): Fix {
  return [{ ...first, when: condition }, ...rest];
}

/** Two ways to the same end. */
export function either(one: Fix, [first, ...rest]: Fix): Fix {
  return [...one, { ...first, alternative: true }, ...rest];
}

/** The command that was called, once more. */
export const AGAIN = manual('run the same command again');

/** Fixes that only work one after the other. */
export function inOrder(first: Fix, ...rest: readonly Fix[]): Fix {
  return [...first, ...rest.flat()];
}
