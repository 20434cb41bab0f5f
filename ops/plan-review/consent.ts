/**
 * What a failing review can be told to accept, kind by kind: with `--allow KIND,…`, or the label
 * `allow-KIND` of a pull request. What is broken is accepted by nothing.
 */
export const CONSENTS = {
  destroy: 'jobs, grants, APIs or what jobs need are destroyed or replaced',
  stop: 'jobs are paused, have no runs ahead or no token, or the plan cannot tell',
  retarget: 'jobs in production call another URL, or by another method, account or audience',
  public: 'anyone on the internet, or with a Google account, is granted a role',
} as const;

export type ConsentKind = keyof typeof CONSENTS;

export const CONSENT_KINDS = Object.keys(CONSENTS) as readonly ConsentKind[];

/** The rules that can fail a review, and the kind that accepts each. */
const KIND_OF_RULE = {
  'job-destroyed': 'destroy',
  'job-replaced': 'destroy',
  'grant-removed': 'destroy',
  'api-disabled': 'destroy',
  'dependency-destroyed': 'destroy',
  'grant-hidden': 'destroy',
  'job-paused': 'stop',
  'job-no-upcoming-runs': 'stop',
  'job-without-token': 'stop',
  'job-schedule-hidden': 'stop',
  'job-retargeted': 'retarget',
  'grant-public': 'public',
} as const satisfies Record<string, ConsentKind>;

/** A rule that stops jobs, in production at least. */
export type StoppingRule = keyof typeof KIND_OF_RULE;

export function kindOfRule(rule: StoppingRule): ConsentKind {
  return KIND_OF_RULE[rule];
}
