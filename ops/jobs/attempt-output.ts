import { formatDuration } from '../../constructs/core/format-duration';
import { count } from '../../lib/count';
import { table, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import { lengthOfDeadline } from '../../page/html/format';
import { formatShare, latencyOf, type Statistics } from '../../page/week/statistics';
import { adviceFor } from './advice';
import { isRunning, type Attempt } from './attempts';
import { formatTime } from './format-time';
import { describeResult } from './result';
import type { TableJob } from './table';

/** What the output of attempts depends on. */
export interface Shown {
  readonly job: TableJob;
  readonly timeZone: string | undefined;
  readonly deadlineSeconds: number;
  readonly now: Date;
}

export function tableOf(attempts: readonly Attempt[], shown: Shown): Text {
  const head = ['when', 'status', 'latency', 'cause'];
  return table(
    head,
    attempts.map((attempt) => rowOf(attempt, shown)),
  );
}

export function rowOf(attempt: Attempt, shown: Shown): string[] {
  const when = formatTime(shown.timeZone, attempt.startedAt ?? attempt.finishedAt);
  return [when, ...describe(attempt, shown)];
}

/** `validibot-x: 12 attempts, 91.7 % succeeded, p95 84 ms of 10 min (<1 %). Times are in UTC.` */
export function summaryOf(
  { ok, failed, successRate, p95Seconds }: Statistics,
  shown: Shown,
): string {
  const parts = [
    `${count(ok + failed, 'attempt')} ended`,
    ...(successRate === undefined ? [] : [`${formatShare(successRate)} succeeded`]),
    ...(p95Seconds === undefined
      ? []
      : [`p95 ${lengthOfDeadline(p95Seconds, shown.deadlineSeconds)}`]),
  ];
  return `${shown.job.name}: ${parts.join(', ')}. Times are in ${visible(shown.timeZone ?? 'UTC')}.`;
}

/** Status, latency and cause. */
function describe(attempt: Attempt, { job, deadlineSeconds, now }: Shown): string[] {
  const { result, debugInfo } = attempt;
  if (result === undefined) {
    return isRunning(attempt, now, deadlineSeconds)
      ? ['running', '', '']
      : ['unknown', '', 'its end is not in the log'];
  }
  const latency = latencyOf(attempt);
  const took = latency === undefined ? '' : formatDuration(latency);
  if (result.ok) return [describeResult(result), took, ''];
  return [describeResult(result), took, debugInfo || adviceFor(result, job).cause];
}

export function attemptInJson(attempt: Attempt, job: TableJob) {
  const { startedAt, finishedAt, result, debugInfo } = attempt;
  return {
    startedAt: startedAt?.toISOString(),
    finishedAt: finishedAt?.toISOString(),
    ok: result?.ok,
    status: result?.status,
    httpStatus: result?.httpStatus,
    latencySeconds: latencyOf(attempt),
    cause: result?.ok === false ? adviceFor(result, job).cause : undefined,
    debugInfo: debugInfo === '' ? undefined : debugInfo,
  };
}
