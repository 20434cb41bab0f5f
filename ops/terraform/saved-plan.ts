import fs from 'node:fs';
import { messageOf, UsageError } from '../errors';
import { readPlan } from '../plan-review/plan/read';
import type { Plan } from '../plan-review/plan/schema';

/**
 * The plan in a file that `terraform show -json` wrote.
 *
 * @param file - a path, or `-` for stdin
 * @throws UsageError if it cannot be read, or is something else
 */
export function readSavedPlan(file: string): Plan {
  const reading = readPlan(readFile(file), file);
  if ('mistake' in reading) throw new UsageError(reading.mistake);
  return reading.plan;
}

function readFile(file: string): Buffer {
  try {
    return fs.readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UsageError({
      subject: '--plan',
      given: file,
      wrong: `cannot be read (${messageOf(error)})`,
      expected: 'a file, or - for stdin',
      fix: 'pass a file written by terraform show -json PLAN',
    });
  }
}
