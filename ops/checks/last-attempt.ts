import { formatDuration } from '../../constructs/core/format-duration';
import { edit, inOrder, recipe, type Fix } from '../fixes/fix';
import { ago, secondsOf } from '../durations';
import { adviceFor, type Advice } from '../jobs/advice';
import { explain as explainByLog } from '../jobs/explain';
import { deadlineSecondsOf, lastResultOf } from '../jobs/last-run';
import { describeResult, type Result } from '../jobs/result';
import { found, ok, type CheckResult } from './check-result';
import type { FindingId } from './findings';
import { valueOf } from '../google/reading';
import type { JobSnapshot } from './job-snapshots';
import { originsIn, type Snapshot } from './snapshot';

/**
 * How a job's last attempt ended and, if it failed, which of the possible causes applies.
 *
 * @param others - what was found about all that the job needs, and about the job itself
 */
export function checkLastAttempt(
  snapshot: Snapshot,
  job: JobSnapshot,
  others: readonly CheckResult[],
): CheckResult[] {
  const { table, live, runningSince } = job;
  if (runningSince !== undefined) {
    return [
      ok('job-last-attempt', table.name, `running, started ${ago(snapshot.now, runningSince)}`),
    ];
  }
  const fromJob = live && lastResultOf(live);
  if (fromJob === undefined) return [];
  // The log has the worker's HTTP status, the job only Google's code.
  const result = fromJob.ok ? fromJob : (job.lastFailure?.result ?? fromJob);
  if (result.ok) return [ok('job-last-attempt', table.name, describeResult(result))];
  const what = describeResult(result);
  const rerun = recipe('run', table.name);
  const root = rootOf(result, others);
  if (root !== undefined) {
    const fix = root.fix && inOrder(root.fix, rerun);
    const cause = `${what}: ${root.subject}: ${root.cause}`;
    return [found('attempt-explained', table.name, cause, fix, root)];
  }
  const { finding, cause, fix } = explain(snapshot, job, result, rerun);
  return [found(finding, table.name, `${what}: ${cause}`, fix)];
}

/** What explains each kind of failure, first what is most likely. */
const EXPLAINED_BY: Readonly<Partial<Record<Result['kind'], readonly FindingId[]>>> = {
  notFound: [
    'job-targets-web',
    'worker-missing',
    'worker-not-ready',
    'worker-in-web-mode',
    'job-drifted',
    'job-drift-hidden',
  ],
  forbidden: ['account-missing', 'account-disabled', 'invoker-missing', 'agent-role-missing'],
  // Without the last slash, Validibot returns 500.
  failed: ['job-drift-hidden'],
  refused: ['job-drift-hidden', 'job-drifted'],
  unavailable: ['worker-missing', 'worker-not-ready'],
};

function rootOf({ kind }: Result, others: readonly CheckResult[]): CheckResult | undefined {
  const finding = EXPLAINED_BY[kind]?.find((id) => others.some((other) => other.finding === id));
  return others.find((other) => finding !== undefined && other.finding === finding);
}

interface Explanation {
  readonly finding: Exclude<FindingId, 'unreadable'>;
  readonly cause: string;
  readonly fix: Fix;
}

function explain(snapshot: Snapshot, job: JobSnapshot, result: Result, rerun: Fix): Explanation {
  switch (result.kind) {
    case 'notFound':
      return {
        finding: 'attempt-not-found',
        cause: 'the worker is now in worker mode and the path is correct',
        fix: rerun,
      };
    case 'forbidden':
      return {
        finding: 'attempt-forbidden',
        cause:
          'the account, its grant and the service agent are correct; a new grant takes up to ' +
          '7 minutes to take effect',
        fix: rerun,
      };
    case 'deadline':
      return explainDeadline(snapshot, job, rerun);
    default:
      return {
        finding: findingOf(snapshot, job, result),
        ...adviceOn(snapshot, job, result),
      };
  }
}

function findingOf(
  { workerUrl }: Snapshot,
  { live, table }: JobSnapshot,
  { kind }: Result,
): Explanation['finding'] {
  if (kind === 'unavailable') return 'attempt-unavailable';
  if (kind !== 'unauthenticated') return 'attempt-failed';
  const audience = live?.httpTarget?.oidcToken?.audience;
  const isOther = workerUrl !== undefined && audience !== table.propsWith(workerUrl).audience;
  return isOther ? 'attempt-wrong-audience' : 'attempt-unauthenticated';
}

const NOTHING = { kind: 'read', lines: [], isByTime: false } as const;

/** By the worker's log where that was read. */
function adviceOn(
  snapshot: Snapshot,
  { live, table, workerLog = NOTHING }: JobSnapshot,
  result: Result,
): Advice {
  const general = adviceFor(result, table);
  const { workerUrl } = snapshot;
  const evidence = { log: workerLog, live, origins: originsIn(snapshot.worker), workerUrl };
  return explainByLog(result, table, evidence) ?? general;
}

function explainDeadline(
  { worker, stage }: Snapshot,
  { live, table }: JobSnapshot,
  rerun: Fix,
): Explanation {
  const deadline = formatDuration(deadlineSecondsOf(live ?? {}));
  const timeout = secondsOf(valueOf(worker)?.template?.timeout);
  const service =
    timeout === undefined ? '' : `; the service's timeout is ${formatDuration(timeout)}`;
  return {
    finding: 'attempt-too-long',
    cause: `the task takes longer than the deadline (${deadline}${service})`,
    fix: inOrder(
      edit('stages/jobs.ts', `raise attemptDeadlineSeconds of ${table.task} (at most 1800)`),
      recipe('setup', stage),
      rerun,
    ),
  };
}
