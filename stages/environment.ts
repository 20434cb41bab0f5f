/** The environment variables that a synth reads; an empty one counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;
