import { describeMistake, type Mistake } from '../constructs/core/mistake';
import type { Fix } from './fixes/fix';
import { renderFix } from './fixes/render';

/** The command was used wrongly and did nothing: exit status 2. */
export class UsageError extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: Mistake | readonly Mistake[]) {
    const all = [mistakes].flat();
    super(all.map(describeMistake).join('\n'));
    this.mistakes = all;
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

/** Waits for work whose failure is a result. Throws only what is not about it: Ctrl-C, or a bug. */
export async function orFailed<T>(work: Promise<T>): Promise<T | Failed> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failed) return error;
    throw error;
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
