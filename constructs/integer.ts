import type { Mistake } from './core/mistake';

/** Why a number is not a whole one in a range; empty for a good one. 0 is a number like any other. */
export function checkInteger(
  subject: string,
  given: unknown,
  min: number,
  max = Infinity,
): Mistake[] {
  const isWhole = typeof given === 'number' && Number.isSafeInteger(given);
  if (isWhole && given >= min && given <= max) return [];
  return [
    {
      subject,
      given,
      wrong: isWhole ? 'it is out of range' : 'it is not a whole number',
      expected: max === Infinity ? `whole numbers from ${min} on` : `${min} to ${max}, whole`,
      fix: 'choose a number in that range, or leave it out for the default',
    },
  ];
}
