/**
 * Splits off a custom method, which Google appends to a path: `jobs/my-job:run`. Project ids may
 * contain a colon too (`example.com:my-project`), so only known verbs are split off.
 */
export function splitVerb<Verb extends string>(
  part: string,
  verbs: readonly Verb[],
): [resource: string, verb: Verb | undefined] {
  const at = part.lastIndexOf(':');
  const verb = at < 0 ? undefined : verbs.find((known) => known === part.slice(at + 1));
  return verb === undefined ? [part, undefined] : [part.slice(0, at), verb];
}
