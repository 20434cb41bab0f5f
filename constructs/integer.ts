import type { Mistake } from './core/mistake';

/** Reports a number that is not an integer in a range. A value of 0 is like any other. */
export function checkInteger(
  subject: string,
  given: unknown,
  min: number,
  max = Infinity,
): Mistake[] {
  const isInteger = typeof given === 'number' && Number.isSafeInteger(given);
  if (isInteger && given >= min && given <= max) return [];
  const range = max === Infinity ? `${min} or more` : `${min}-${max}`;
  return [
    {
      subject,
      given,
      wrong: `must be ${isInteger ? '' : 'an integer, '}${range}`,
      fix: `use ${range}, or omit it to use the default`,
    },
  ];
}
