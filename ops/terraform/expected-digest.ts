import { either, manual, recipe } from '../fixes/fix';
import { Failed, UsageError } from '../errors';
import { differencesFrom, isDigest } from '../plan-review/digest';
import type { Review } from '../plan-review/review';
import type { Stack } from './stack';

export const EXPECT_DIGEST = [
  '--expect-digest <digest>',
  'deploy only if the changes are those of the review that printed this digest',
] as const;

/** @throws UsageError if it cannot be a digest; an empty one must not pass as none */
export function readDigest(given: string | undefined): string | undefined {
  if (given === undefined || isDigest(given)) return given;
  throw new UsageError({
    subject: '--expect-digest',
    given,
    wrong: 'is not a digest',
    expected: '12 hexadecimal digits, as in 3f8a1c22b0de',
    fix: 'pass the digest that the review printed, or the content of its --digest-file',
  });
}

/**
 * Stops a deploy whose changes are not those that were reviewed: what was approved is not this plan.
 *
 * @throws Failed with what differs
 */
export function requireDigest(
  { name, stage }: Stack,
  { digest }: Review,
  expected: string | undefined,
): void {
  if (expected === undefined) return;
  const differences = differencesFrom(expected, digest);
  if (differences.length === 0) return;
  throw new Failed(
    `Nothing was changed: the plan of ${name} is not the one that was reviewed:\n` +
      differences.map((line) => `  ${line}`).join('\n'),
    either(recipe('review', stage), manual('in GitHub, "Re-run all jobs"')),
  );
}
