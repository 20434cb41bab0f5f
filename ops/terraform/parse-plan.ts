import { Failed } from '../errors';
import { readPlan } from '../plan-review/plan/read';
import type { Plan } from '../plan-review/plan/schema';

/**
 * Checks a plan that was asked for, not given by a user. `source` is who answered.
 *
 * @throws Failed when it is no plan
 */
export function parsePlan(json: string, source: string): Plan {
  const reading = readPlan(Buffer.from(json), source);
  if ('plan' in reading) return reading.plan;
  throw new Failed(`${source} gave no plan: ${reading.mistake.wrong}.`);
}
