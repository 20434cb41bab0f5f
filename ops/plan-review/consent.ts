/**
 * The kinds of failing findings that can be accepted, with `--allow KIND,…` or with the label
 * `allow-KIND` on a pull request. Nothing accepts a broken plan.
 */
export const CONSENTS = {
  destroy: 'jobs are destroyed or replaced, or grants, APIs or other resources that jobs need',
  stop: 'jobs are paused, have no upcoming runs or no token, or the plan does not show it',
  retarget: 'production jobs get another URL, method, account, audience, body or header',
  public: 'anyone on the internet, or anyone with a Google account, is granted a role',
} as const;

export type ConsentKind = keyof typeof CONSENTS;

export const CONSENT_KINDS = Object.keys(CONSENTS) as readonly ConsentKind[];

/** The rules that can fail a review, and the kind of consent that accepts each. */
const KIND_OF_RULE = {
  'job-destroyed': 'destroy',
  'job-replaced': 'destroy',
  'grant-removed': 'destroy',
  'api-disabled': 'destroy',
  'dependency-destroyed': 'destroy',
  'dependency-disabled': 'destroy',
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
