import type { LogEntry } from '../google/logging';
import { resultOf, type Result } from './result';

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

/**
 * The attempts in the log entries of one job, which are in order of time. The log does not say which
 * end belongs to which start; where two overlap, the one that started first is assumed to end first.
 */
export function attemptsOf(entries: readonly LogEntry[]): Attempt[] {
  const attempts: Attempt[] = [];
  for (const entry of entries) {
    const type = entry.jsonPayload?.['@type'] ?? '';
    const at = new Date(entry.timestamp);
    if (type.endsWith('.AttemptStarted')) {
      attempts.push({ startedAt: at, finishedAt: undefined, result: undefined, debugInfo: '' });
    }
    if (!type.endsWith('.AttemptFinished')) continue;
    const end = {
      finishedAt: at,
      result: resultOfEntry(entry),
      // A success has one too, of no interest: `URL_CRAWLED. …`.
      debugInfo: (entry.jsonPayload?.status && entry.jsonPayload.debugInfo) ?? '',
    };
    const open = attempts.findIndex((attempt) => attempt.finishedAt === undefined);
    const started = attempts[open];
    if (started === undefined) attempts.push({ startedAt: undefined, ...end });
    else attempts[open] = { ...started, ...end };
  }
  return attempts;
}

/** How long an attempt took, in milliseconds. */
export function latencyOf({ startedAt, finishedAt }: Attempt): number | undefined {
  return startedAt && finishedAt && finishedAt.getTime() - startedAt.getTime();
}

/** Whether an attempt may still be running, given the job's deadline in milliseconds. */
export function isRunning(attempt: Attempt, now: Date, deadline: number): boolean {
  const { startedAt, finishedAt } = attempt;
  if (startedAt === undefined || finishedAt !== undefined) return false;
  return now.getTime() - startedAt.getTime() <= deadline;
}

function resultOfEntry({ httpRequest, jsonPayload }: LogEntry): Result {
  // Use the number in the text: the prefix is misleading (URL_ERROR-ERROR_NOT_FOUND for a 403, too).
  const number = /response code number = (\d{3})/.exec(jsonPayload?.debugInfo ?? '')?.[1];
  const httpStatus = number === undefined ? httpRequest?.status : Number(number);
  return resultOf(jsonPayload?.status ?? 'OK', httpStatus);
}
