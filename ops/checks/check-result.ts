import type { Failed } from '../errors';
import type { Fix } from '../fixes/fix';
import { fixInJson } from '../fixes/render';

/** The result of one check of one subject. */
export interface CheckResult {
  /** The check's stable id: `worker-ready`. */
  readonly check: string;
  /** What it is about: a job, a service, an API. */
  readonly subject: string;
  readonly status: 'ok' | 'warning' | 'failure';
  /** Why, in one line; for `ok`, what was found. */
  readonly cause: string;
  /** What to do about it. */
  readonly fix?: Fix;
}

/** A result in JSON. */
export function checkInJson({ fix, ...result }: CheckResult) {
  return { ...result, ...(fix && fixInJson(fix)) };
}

/** Creates the results of one check of one subject. */
export function reporter(check: string, subject: string) {
  const problem = (status: CheckResult['status'], cause: string, fix?: Fix): CheckResult => ({
    ...{ check, subject, status, cause },
    ...(fix !== undefined && { fix }),
  });
  return {
    ok: (cause: string): CheckResult => ({ check, subject, status: 'ok', cause }),
    warning: (cause: string, fix?: Fix) => problem('warning', cause, fix),
    failure: (cause: string, fix?: Fix) => problem('failure', cause, fix),
    /** The check could not be made, as something could not be read. */
    unknown: ({ what, fix }: Failed) => problem('warning', `could not be checked: ${what}`, fix),
  };
}
