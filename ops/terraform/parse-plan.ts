import { Failed } from '../errors';
import { readPlan } from '../plan-review/plan/read';
import type { Plan } from '../plan-review/plan/schema';

/**
 * Reads a plan that a program returned. `source` is that program, for the error.
 *
 * @throws Failed if it is not a plan
 */
export function parsePlan(json: string, source: string): Plan {
  const reading = readPlan(Buffer.from(json), source);
  if ('plan' in reading) return reading.plan;
  throw new Failed(`${source} did not return a plan: its output ${reading.mistake.wrong}.`);
}
