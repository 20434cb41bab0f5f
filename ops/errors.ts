import { describeMistake, type Mistake } from '../constructs/core/mistake';

/** Wrong use: exit status 2. Nothing was done. */
export class WrongUse extends Error {
  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(describeMistake).join('\n'));
  }
}

/** It failed: exit status 1. */
export class Failed extends Error {
  /**
   * @param what - what failed; one line where it can be
   * @param fix - the command that fixes it, or what to do
   */
  constructor(
    readonly what: string,
    readonly fix?: string,
  ) {
    super(fix === undefined ? what : `${what}\nFix: ${fix}`);
  }
}

/** Ended by Ctrl-C: exit status 130, as shells give it. */
export class Interrupted extends Error {
  constructor(what = 'Interrupted.') {
    super(what);
  }
}

/** What an error says, for one line of output. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
