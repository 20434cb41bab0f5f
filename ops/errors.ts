import { describeMistake, type Mistake } from '../constructs/core/mistake';
import type { Fix } from './fixes/fix';
import { renderFix } from './fixes/render';

/** The command was used wrongly and did nothing: exit status 2. */
export class UsageError extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    super(mistakes.map(describeMistake).join('\n'));
  }
}

/** The command failed: exit status 1. */
export class Failed extends Error {
  /**
   * @param what - what failed; one line where it can be
   * @param fix - what to do about it
   */
  constructor(
    readonly what: string,
    readonly fix?: Fix,
  ) {
    super(fix === undefined ? what : withFix(what, fix));
  }
}

/** The command was interrupted by Ctrl-C: exit status 130, as in shells. */
export class Interrupted extends Error {
  constructor(what = 'Interrupted.') {
    super(what);
  }
}

/** A problem for people, followed by its fix. */
export function withFix(what: string, fix: Fix): string {
  return `${what}\nFix: ${renderFix(fix)}`;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
