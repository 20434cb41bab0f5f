import { originOf } from '../../constructs/core/uri';
import { durationInWords, secondsOf } from '../durations';
import { adviceFor } from '../jobs/advice';
import { resultInWords, resultOfCode, type Result } from '../jobs/result';
import { checkAccount } from './account';
import { reporter, type CheckResult } from './check-result';
import { checkInvoker, checkServiceAgent } from './grants';
import { originsIn, valueOf, type Survey, type SurveyedJob } from './survey';
import { checkWorker, environment } from './worker';

/** How a job's last attempt ended and, when badly, which of the causes it has. */
export function checkLastAttempt(survey: Survey, job: SurveyedJob): CheckResult[] {
  const { table, live } = job;
  if (live?.lastAttemptTime === undefined) return [];
  const report = reporter('job-last-attempt', table.name);
  const result = resultOf(job);
  if (result.ok) return [report.ok(resultInWords(result))];
  const { cause, fix } = explain(survey, job, result);
  return [report.failure(`${resultInWords(result)}: ${cause}`, fix)];
}

/** By the log, which has the worker's own status; else by the job, which has Google's. */
function resultOf({ live, lastFailure }: SurveyedJob): Result {
  const fromJob = resultOfCode(live?.status?.code ?? 0);
  return fromJob.ok ? fromJob : (valueOf(lastFailure)?.result ?? fromJob);
}

interface Explanation {
  readonly cause: string;
  readonly fix: string;
}

function explain(survey: Survey, job: SurveyedJob, result: Result): Explanation {
  const again = `just gcp-scheduler-run ${job.table.name}`;
  switch (result.kind) {
    case 'notFound':
      return (
        targetsWeb(survey, job) ??
        firstFailure(checkWorker(survey)) ??
        wrongPath(survey, job) ?? {
          cause: 'the worker is in worker mode now and the path is right',
          fix: again,
        }
      );
    case 'forbidden':
      return (
        firstFailure([
          ...checkAccount(survey),
          ...checkInvoker(survey),
          ...checkServiceAgent(survey),
        ]) ?? {
          cause:
            'the account, its grant and the service agent are as they must be; a grant works ' +
            'after up to 7 minutes',
          fix: again,
        }
      );
    case 'unauthenticated':
      return explainAudience(survey, job, again);
    case 'deadline':
      return explainDeadline(survey, job);
    default: {
      const advice = adviceFor(result, job.table);
      return { cause: advice.cause, fix: advice.fix };
    }
  }
}

function firstFailure(findings: readonly CheckResult[]): Explanation | undefined {
  const found = findings.find(({ status }) => status === 'failure');
  return found && { cause: `${found.subject}: ${found.cause}`, fix: found.fix ?? '' };
}

function targetsWeb({ web, webName, stage }: Survey, { live }: SurveyedJob) {
  const origin = originOf(live?.httpTarget?.uri ?? '');
  if (!originsIn(web).includes(origin)) return undefined;
  return {
    cause: `it aims at ${webName}, which has no such endpoints`,
    fix: `just gcp-scheduler-setup ${stage}`,
  };
}

function wrongPath({ workerUrl, stage }: Survey, { live, table }: SurveyedJob) {
  const uri = live?.httpTarget?.uri;
  const expected = table.propsWith(workerUrl ?? originOf(uri ?? '')).uri;
  if (uri === expected) return undefined;
  return {
    cause: `it calls ${uri ?? 'nothing'} instead of ${expected}`,
    fix: `just gcp-scheduler-setup ${stage}`,
  };
}

function explainAudience(survey: Survey, { live, table }: SurveyedJob, again: string): Explanation {
  const target = live?.httpTarget;
  const audience = target?.oidcToken?.audience ?? target?.uri ?? '';
  const urls = originsIn(survey.worker).join(' and ');
  const service = valueOf(survey.worker);
  const own = service && environment(service, 'WORKER_URL');
  const seen = `the token's audience is ${audience}; the worker's URLs are ${urls || 'not known'}`;
  const expected = survey.workerUrl && table.propsWith(survey.workerUrl).audience;
  if (audience !== expected) {
    return { cause: seen, fix: `just gcp-scheduler-setup ${survey.stage}` };
  }
  if (own !== undefined && own !== audience) {
    return {
      cause: `${seen}, and it takes ${own} for its own (WORKER_URL)`,
      fix: `set workerUrl of ${survey.stage} to ${own} in stages/stages.ts, then just gcp-scheduler-setup ${survey.stage}`,
    };
  }
  return { cause: `${seen}; that is as it must be now`, fix: again };
}

function explainDeadline({ worker, stage }: Survey, { live, table }: SurveyedJob): Explanation {
  const deadline = secondsOf(live?.attemptDeadline) ?? 180;
  const timeout = secondsOf(valueOf(worker)?.template?.timeout);
  const service =
    timeout === undefined ? '' : `, the service's timeout ${durationInWords(timeout * 1000)}`;
  return {
    cause:
      `it takes longer than its deadline (${durationInWords(deadline * 1000)}${service}); raise ` +
      `attemptDeadlineSeconds of ${table.task} in stages/jobs.ts (1800 at most), or do less in one run`,
    fix: `just gcp-scheduler-setup ${stage}`,
  };
}
