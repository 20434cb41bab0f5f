/** The seconds of a duration such as `3.5s`; undefined if it is not a duration. */
export function parseSeconds(duration: string): number | undefined {
  const seconds = /^(-?\d{1,12}(?:\.\d{1,9})?)s$/.exec(duration)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** The seconds of a duration that has been checked. */
export function secondsOf(duration: string): number {
  return parseSeconds(duration) ?? 0;
}
