import type { AttemptFacts } from '../../page/week/model';
import { isRunning, type Attempt } from './attempts';
import { describeResult } from './result';

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
