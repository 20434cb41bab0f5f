import type { Result, ResultKind } from './result';
import type { TableJob } from './table';

export interface Advice {
  /** Why an attempt ended so, as far as the result alone tells. */
  readonly cause: string;
  /** The command to run. */
  readonly fix: string;
}

const CAUSES: Readonly<Record<ResultKind, string>> = {
  ok: '',
  notFound:
    'the service is not a worker (APP_ROLE=worker, on older ones APP_IS_WORKER=True), or the path is wrong',
  forbidden:
    'the account may not invoke the worker, or the grant is younger than 7 minutes, or ' +
    "Google's scheduler service agent has lost its role",
  unauthenticated: "the worker refused the token: its audience is not the worker's own URL",
  deadline:
    'the task took longer than the deadline of the job or of the service; raise ' +
    'attemptDeadlineSeconds in stages/jobs.ts, or do less in one run',
  unavailable: 'the worker had no instance to answer, or was being deployed',
  failed: 'the task failed in the worker; its own log says why',
};

/** What to make of a result, without looking any further; the doctor does that. */
export function adviceFor(result: Result, job: TableJob): Advice {
  const logs = `just gcp-scheduler-logs ${job.name} --failed`;
  const looksFurther = result.kind !== 'failed' && result.kind !== 'unavailable';
  return {
    cause: CAUSES[result.kind],
    fix: looksFurther ? `just gcp-scheduler-doctor ${job.stage}` : logs,
  };
}
