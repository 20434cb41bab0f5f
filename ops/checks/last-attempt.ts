import { formatDuration } from '../../constructs/core/format-duration';
import { originOf } from '../../constructs/core/uri';
import { secondsOf } from '../durations';
import { adviceFor } from '../jobs/advice';
import { describeResult, resultOfCode, type Result } from '../jobs/result';
import { checkAccount } from './account';
import { reporter, type CheckResult } from './check-result';
import { checkInvoker, checkServiceAgent } from './grants';
import { originsIn, valueOf, type Snapshot, type JobSnapshot } from './snapshot';
import { checkWorker, environment } from './worker';
import { edit, inOrder, recipe, type Fix } from '../fixes/fix';

/** How a job's last attempt ended and, if it failed, which of the possible causes applies. */
export function checkLastAttempt(snapshot: Snapshot, job: JobSnapshot): CheckResult[] {
  const { table, live } = job;
  if (live?.lastAttemptTime === undefined) return [];
  const report = reporter('job-last-attempt', table.name);
  const result = resultOf(job);
  if (result.ok) return [report.ok(describeResult(result))];
  const { cause, fix } = explain(snapshot, job, result);
  return [report.failure(`${describeResult(result)}: ${cause}`, fix)];
}

/** From the log, which has the worker's HTTP status; otherwise from the job, which has Google's code. */
function resultOf({ live, lastFailure }: JobSnapshot): Result {
  const fromJob = resultOfCode(live?.status?.code ?? 0);
  return fromJob.ok ? fromJob : (valueOf(lastFailure)?.result ?? fromJob);
}

interface Explanation {
  readonly cause: string;
  readonly fix?: Fix;
}

function explain(snapshot: Snapshot, job: JobSnapshot, result: Result): Explanation {
  const rerun = recipe('run', job.table.name);
  switch (result.kind) {
    case 'notFound':
      return (
        targetsWeb(snapshot, job) ??
        firstFailure(checkWorker(snapshot)) ??
        wrongPath(snapshot, job) ?? {
          cause: 'the worker is now in worker mode and the path is correct',
          fix: rerun,
        }
      );
    case 'forbidden':
      return (
        firstFailure([
          ...checkAccount(snapshot),
          ...checkInvoker(snapshot),
          ...checkServiceAgent(snapshot),
        ]) ?? {
          cause:
            'the account, its grant and the service agent are correct; a new grant takes up to ' +
            '7 minutes to take effect',
          fix: rerun,
        }
      );
    case 'unauthenticated':
      return explainAudience(snapshot, job, rerun);
    case 'deadline':
      return explainDeadline(snapshot, job);
    default: {
      const advice = adviceFor(result, job.table);
      return { cause: advice.cause, fix: advice.fix };
    }
  }
}

function firstFailure(findings: readonly CheckResult[]): Explanation | undefined {
  const found = findings.find(({ status }) => status === 'failure');
  return found && { cause: `${found.subject}: ${found.cause}`, fix: found.fix };
}

function targetsWeb({ web, webName, stage }: Snapshot, { live }: JobSnapshot) {
  const origin = originOf(live?.httpTarget?.uri ?? '');
  if (!originsIn(web).includes(origin)) return undefined;
  return {
    cause: `targets ${webName}, which does not have this endpoint`,
    fix: recipe('setup', stage),
  };
}

function wrongPath({ workerUrl, stage }: Snapshot, { live, table }: JobSnapshot) {
  const uri = live?.httpTarget?.uri;
  const expected = table.propsWith(workerUrl ?? originOf(uri ?? '')).uri;
  if (uri === expected) return undefined;
  return {
    cause: `targets ${uri ?? 'no URL'} instead of ${expected}`,
    fix: recipe('setup', stage),
  };
}

function explainAudience(
  snapshot: Snapshot,
  { live, table }: JobSnapshot,
  rerun: Fix,
): Explanation {
  const target = live?.httpTarget;
  const audience = target?.oidcToken?.audience ?? target?.uri ?? '';
  const urls = originsIn(snapshot.worker).join(' and ');
  const service = valueOf(snapshot.worker);
  const workersOwn = service && environment(service, 'WORKER_URL');
  const seen = `the token's audience is ${audience}; the worker's URLs are ${urls || 'unknown'}`;
  const expected = snapshot.workerUrl && table.propsWith(snapshot.workerUrl).audience;
  if (audience !== expected) {
    return { cause: seen, fix: recipe('setup', snapshot.stage) };
  }
  if (workersOwn !== undefined && workersOwn !== audience) {
    return {
      cause: `${seen}; the worker expects ${workersOwn} (its WORKER_URL)`,
      fix: inOrder(
        edit('stages/stages.ts', `set workerUrl of ${snapshot.stage} to ${workersOwn}`),
        recipe('setup', snapshot.stage),
      ),
    };
  }
  return { cause: `${seen}; the audience is correct now`, fix: rerun };
}

function explainDeadline({ worker, stage }: Snapshot, { live, table }: JobSnapshot): Explanation {
  const deadline = secondsOf(live?.attemptDeadline) ?? 180;
  const timeout = secondsOf(valueOf(worker)?.template?.timeout);
  const service =
    timeout === undefined ? '' : `; the service's timeout is ${formatDuration(timeout)}`;
  return {
    cause: `the task takes longer than the deadline (${formatDuration(deadline)}${service})`,
    fix: inOrder(
      edit('stages/jobs.ts', `raise attemptDeadlineSeconds of ${table.task} (at most 1800)`),
      recipe('setup', stage),
      recipe('run', table.name),
    ),
  };
}
