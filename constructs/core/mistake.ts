/**
 * One mistake in an input, in the four parts that every message of this project has:
 * what is wrong, what was given, what is allowed, and how to mend it.
 */
export interface Mistake {
  /** The prop or variable, as its author spells it: `schedule`, `GCP_REGION`. */
  readonly subject: string;
  /** The value as given. Never a secret: of a header, its name alone. */
  readonly given: unknown;
  readonly wrong: string;
  readonly allowed: string;
  readonly fix: string;
}

/** What a rule says about a bad value. Its caller makes a `Mistake` of it: with the subject and the value. */
export type Violation = Pick<Mistake, 'wrong' | 'allowed' | 'fix'>;

const SHOWN_CHARACTERS = 60;

/** One line: `schedule is "60 * * * *": 60 is not a minute. Allowed: 0-59. To mend it: …` */
export function describeMistake(mistake: Mistake): string {
  const { subject, given, wrong, allowed, fix } = mistake;
  return `${subject} is ${show(given)}: ${wrong}. Allowed: ${allowed}. To mend it: ${fix}.`;
}

function show(given: unknown): string {
  if (given === undefined) return 'not set';
  // JSON has no NaN.
  if (typeof given === 'number') return String(given);
  if (typeof given !== 'string') return JSON.stringify(given);
  const shown = given.length > SHOWN_CHARACTERS ? `${given.slice(0, SHOWN_CHARACTERS)}…` : given;
  return JSON.stringify(shown);
}
