import { formatDuration } from '../../constructs/core/format-duration';
import { count } from '../../lib/count';
import { table, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import { lengthOfDeadline } from '../../page/html/format';
import { formatShare, latencyOf, type Statistics } from '../../page/week/statistics';
import { adviceFor } from './advice';
import { factsOf, type Attempt } from './attempts';
import { formatTime } from './format-time';
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

/** When, status, latency and cause. */
export function rowOf(attempt: Attempt, shown: Shown): string[] {
  const when = formatTime(shown.timeZone, attempt.startedAt ?? attempt.finishedAt);
  const { outcome, text } = factsOf(attempt, shown.now, shown.deadlineSeconds);
  if (outcome === 'unknown') return [when, text, '', 'its end is not in the log'];
  const latency = latencyOf(attempt);
  const took = latency === undefined ? '' : formatDuration(latency);
  const { result, debugInfo } = attempt;
  const cause = result?.ok === false ? debugInfo || adviceFor(result, shown.job).cause : '';
  return [when, text, took, cause];
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
