/** What a check found. */
export interface CheckResult {
  /** The check's stable id: `worker-ready`. */
  readonly check: string;
  /** What it is about: a job, a service, an API. */
  readonly subject: string;
  readonly status: 'ok' | 'warning' | 'failure';
  /** Why, in one line; for `ok` what was seen. */
  readonly cause: string;
  /** The command that mends it. */
  readonly fix?: string;
}

/** Findings of one check. */
export function reporter(check: string, subject: string) {
  return {
    ok: (cause: string): CheckResult => ({ check, subject, status: 'ok', cause }),
    warning: (cause: string, fix?: string): CheckResult => ({
      ...{ check, subject, status: 'warning', cause },
      ...(fix !== undefined && { fix }),
    }),
    failure: (cause: string, fix?: string): CheckResult => ({
      ...{ check, subject, status: 'failure', cause },
      ...(fix !== undefined && { fix }),
    }),
  };
}
