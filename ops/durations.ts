/** The seconds of a duration in Google's JSON format: `600s`, `0.5s`; undefined when absent. */
export function secondsOf(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : Number(duration.replace(/s$/, ''));
}
