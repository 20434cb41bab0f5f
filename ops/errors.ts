import { describeMistake, type Mistake } from '../constructs/core/mistake';

/** The command was used wrongly and did nothing: exit status 2. */
export class UsageError extends Error {
  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(describeMistake).join('\n'));
  }
}

/** The command failed: exit status 1. */
export class Failed extends Error {
  /**
   * @param what - what failed; one line where it can be
   * @param fix - the command that fixes it, or what to do
   */
  constructor(
    readonly what: string,
    readonly fix?: string,
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
export function withFix(what: string, fix: string): string {
  return `${what}\nFix: ${fix}`;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
