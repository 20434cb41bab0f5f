import type { AttemptFacts } from '../../page/week/model';
import { isRunning, type Attempt } from './attempts';
import { describeResult } from './result';

/** An attempt as the page and the summary of a log count it. */
export function factsOf(attempt: Attempt, now: Date, deadlineSeconds: number): AttemptFacts {
  const { startedAt, finishedAt, result } = attempt;
  if (result === undefined) {
    return isRunning(attempt, now, deadlineSeconds)
      ? { startedAt, finishedAt, outcome: 'running', text: 'running' }
      : { startedAt, finishedAt, outcome: 'unknown', text: 'unknown' };
  }
  const outcome = result.ok ? 'ok' : 'failed';
  return { startedAt, finishedAt, outcome, text: describeResult(result) };
}
