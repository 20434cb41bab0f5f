/**
 * Google's custom methods hang on the last part of a path: `jobs/my-job:run`. Project ids may hold
 * a colon as well (`example.com:my-project`), so only the verbs that are known are split off.
 */
export function splitVerb<Verb extends string>(
  part: string,
  verbs: readonly Verb[],
): [resource: string, verb: Verb | undefined] {
  const at = part.lastIndexOf(':');
  const verb = at < 0 ? undefined : verbs.find((known) => known === part.slice(at + 1));
  return verb === undefined ? [part, undefined] : [part.slice(0, at), verb];
}
