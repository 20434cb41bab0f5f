import type { AttemptFacts } from '../../page/week/model';
import { isRunning, type Attempt } from './attempts';
import { describeResult } from './result';

/**
 * An attempt as the page and the summary of a log count it.
 *
 * @param deadline - of the job, in milliseconds
 */
export function factsOf(attempt: Attempt, now: Date, deadline: number): AttemptFacts {
  const { startedAt, finishedAt, result } = attempt;
  if (result === undefined) {
    return isRunning(attempt, now, deadline)
      ? { startedAt, finishedAt, outcome: 'running', text: 'running' }
      : { startedAt, finishedAt, outcome: 'unknown', text: 'unknown' };
  }
  const outcome = result.ok ? 'ok' : 'failed';
  return { startedAt, finishedAt, outcome, text: describeResult(result) };
}
