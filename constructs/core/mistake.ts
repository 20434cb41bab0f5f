/** One mistake in an input: what is wrong, what was given, what is expected, and how to fix it. */
export interface Mistake {
  /** The prop or variable, as its author spells it: `schedule`, `GCP_REGION`. */
  readonly subject: string;
  /** The value as given; `undefined` when it is missing. Never a secret: of a header, only its name. */
  readonly given: unknown;
  /** The rule that the value breaks: `minute must be 0-59`. @default - it is only missing */
  readonly wrong?: string;
  /** What is expected, unless `wrong` says it already: `string`, `dev, staging, prod`. */
  readonly expected?: string;
  /** What to do, as an imperative: `use 0-59`. */
  readonly fix: string;
}

/** The parts of a mistake that a rule knows; its caller adds the subject and the value. */
export type Violation = Pick<Mistake, 'wrong' | 'expected' | 'fix'>;

const SHOWN_CHARACTERS = 60;

/**
 * One line: `Invalid schedule "60 * * * *": minute must be 0-59. Fix: …`, or
 * `schedule is required (string). Fix: …`.
 */
export function describeMistake(mistake: Mistake): string {
  const { subject, given, wrong, expected, fix } = mistake;
  const isMissing = given === undefined;
  const what = isMissing ? `${subject} is required` : `Invalid ${subject} ${show(given)}`;
  const why = wrong === undefined ? '' : `: ${wrong}`;
  const isRequirement = isMissing && wrong === undefined;
  const should = isRequirement ? ` (${expected})` : `. Expected: ${expected}`;
  return `${what}${why}${expected === undefined ? '' : should}. Fix: ${fix}.`;
}

function show(given: unknown): string {
  // JSON has no NaN.
  if (typeof given === 'number') return String(given);
  if (typeof given !== 'string') return JSON.stringify(given);
  const shown = given.length > SHOWN_CHARACTERS ? `${given.slice(0, SHOWN_CHARACTERS)}…` : given;
  return JSON.stringify(shown);
}
