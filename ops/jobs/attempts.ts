import { pairEntries } from '../../constructs/core/attempts';
import type { AttemptFacts } from '../../page/week/model';
import { secondsBetween } from '../durations';
import type { LogEntry } from '../google/logging';
import { describeResult, resultOf, type Result } from './result';

/** One call of the worker, as read from the execution log. */
export interface Attempt {
  /** `undefined` when it started before the part of the log that was read. */
  readonly startedAt: Date | undefined;
  /** `undefined` while it is running, or when its end was never logged. */
  readonly finishedAt: Date | undefined;
  readonly result: Result | undefined;
  /** Google's description of a failure: `URL_ERROR-ERROR_NOT_FOUND. …`; empty for a success. */
  readonly debugInfo: string;
}

/** The attempts in the log entries of one job, which are in order of time. */
export function attemptsOf(entries: readonly LogEntry[]): Attempt[] {
  const pairs = pairEntries(entries, ({ jsonPayload }) => jsonPayload?.['@type']);
  return pairs.map(({ started, finished }) => ({
    startedAt: started && new Date(started.timestamp),
    finishedAt: finished && new Date(finished.timestamp),
    result: finished && resultOfEntry(finished),
    // A success has one too, of no interest: `URL_CRAWLED. …`.
    debugInfo: (finished?.jsonPayload?.status && finished.jsonPayload.debugInfo) ?? '',
  }));
}

/** Whether an attempt may still be running, given the job's deadline. */
export function isRunning(attempt: Attempt, now: Date, deadlineSeconds: number): boolean {
  const { startedAt, finishedAt } = attempt;
  if (startedAt === undefined || finishedAt !== undefined) return false;
  return secondsBetween(startedAt, now) <= deadlineSeconds;
}

/** An attempt as the page and the summary of a log count it. */
export function factsOf(attempt: Attempt, now: Date, deadlineSeconds: number): AttemptFacts {
  const { startedAt, finishedAt, result } = attempt;
  if (result === undefined) {
    const outcome = isRunning(attempt, now, deadlineSeconds) ? 'running' : 'unknown';
    return { startedAt, finishedAt, outcome, text: outcome };
  }
  const outcome = result.ok ? 'ok' : 'failed';
  return { startedAt, finishedAt, outcome, text: describeResult(result) };
}

function resultOfEntry({ httpRequest, jsonPayload }: LogEntry): Result {
  // Use the number in the text: the prefix is misleading (URL_ERROR-ERROR_NOT_FOUND for a 403, too).
  const number = /response code number = (\d{3})/.exec(jsonPayload?.debugInfo ?? '')?.[1];
  const httpStatus = number === undefined ? httpRequest?.status : Number(number);
  return resultOf(jsonPayload?.status ?? 'OK', httpStatus);
}
