import type { Result, ResultKind } from './result';
import type { TableJob } from './table';
import { inOrder, recipe, when, type Fix } from '../fixes/fix';

export interface Advice {
  /** Why the attempt failed, as far as the result tells. */
  readonly cause: string;
  readonly fix: Fix;
  /** Whether the cause is only likely, and the doctor may find more. @default false */
  readonly isGuess?: boolean;
}

const CAUSES: Readonly<Record<ResultKind, string>> = {
  ok: '',
  notFound: 'the service is not in worker mode (APP_ROLE=worker), or the path is wrong',
  forbidden:
    'the service account may not invoke the worker, the grant is less than 7 minutes old, or ' +
    "Cloud Scheduler's service agent lost its role",
  unauthenticated:
    "the worker, or Cloud Run before it, rejected the token; the worker's log says why",
  deadline:
    'the task took longer than the deadline of the job or of the service; raise ' +
    'attemptDeadlineSeconds in stages/jobs.ts, or do less per run',
  unavailable: 'the worker had no instance available, was being deployed, or does not start',
  refused: "the worker does not take the request; see the worker's log",
  failed: "the task failed in the worker; see the worker's log",
};

/** Advice based only on the result; the doctor looks further. */
export function adviceFor(result: Result, job: TableJob): Advice {
  return { cause: CAUSES[result.kind], fix: fixOf(result, job) };
}

function fixOf({ kind }: Result, { name, stage }: TableJob): Fix {
  const rerun = recipe('run', name);
  switch (kind) {
    case 'failed':
      return inOrder(
        recipe('logs', name, '--failed', '--worker'),
        when('when the task is fixed', rerun),
      );
    case 'unavailable':
      return inOrder(
        rerun,
        when('if it fails again', recipe('logs', name, '--failed', '--worker')),
      );
    default:
      return recipe('doctor', stage);
  }
}
