import { CommanderError } from 'commander';
import { styled, type Text } from '../lib/text/text';
import { Failed, Interrupted, messageOf, UsageError } from './errors';
import { ParseError } from './parse-error';
import { fixInJson, renderFix } from './fixes/render';

/** Why a command ended without its result. */
export type ErrorKind = 'usage' | 'failed' | 'interrupted' | 'bug';

export const EXIT_STATUSES: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  failed: 1,
  interrupted: 130,
  bug: 1,
};

export function kindOf(error: unknown): ErrorKind {
  if (error instanceof UsageError || error instanceof CommanderError) return 'usage';
  if (error instanceof Interrupted) return 'interrupted';
  return error instanceof Failed ? 'failed' : 'bug';
}

/** An error for people: what is wrong, and its fix. */
export function errorAsText(error: unknown): Text {
  // Only a bug needs its stack trace.
  if (kindOf(error) === 'bug' && error instanceof Error) return error.stack ?? error.message;
  if (!(error instanceof Failed)) return messageOf(error);
  const [first = '', ...rest] = error.what.split('\n');
  const what = [styled('red', first), ...rest.map((line) => `\n${line}`)];
  return error.fix === undefined
    ? what
    : [...what, '\n', styled('bold', 'Fix:'), ` ${renderFix(error.fix)}`];
}

/** What `--json` prints instead of a result; docs/operations.md describes its fields. */
export function errorInJson(error: unknown) {
  const kind = kindOf(error);
  return {
    error: {
      kind,
      exitStatus: EXIT_STATUSES[kind],
      message: error instanceof Failed ? error.what : messageOf(error),
      ...(error instanceof Failed && error.fix !== undefined && fixInJson(error.fix)),
      ...(error instanceof UsageError && { mistakes: error.mistakes }),
      ...(error instanceof ParseError && error.mistake && { mistakes: [error.mistake] }),
    },
  };
}
