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
   * @param mend - the command that mends it, or what to do
   */
  constructor(
    readonly what: string,
    readonly mend?: string,
  ) {
    super(mend === undefined ? what : `${what}\nTo mend it: ${mend}`);
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
