import { kindOfRule, type ConsentKind, type StoppingRule } from '../consent';
import type { Shown } from '../job/changes';
import { phrase, unquoted, type Phrase } from '../phrase';

/**
 * The most severe first.
 *
 * - `broken`: the plan cannot be relied on; nothing accepts it.
 * - `protected`: it deletes what is protected from deletion; nothing accepts it.
 * - `stops`: a job will stop running; this fails the review unless its kind is allowed.
 * - `security`: a change of who is called, by which account, or of who may call.
 * - `notice`: something that a reviewer might overlook.
 */
export const SEVERITIES = ['broken', 'protected', 'stops', 'security', 'notice'] as const;

export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  readonly severity: Severity;
  /** A stable identifier: `job-destroyed`. */
  readonly rule: string;
  /** The resource's address in Terraform; undefined for the plan as a whole. */
  readonly address: string | undefined;
  readonly message: Phrase;
  /** The kind of consent that accepts a finding that `stops`. */
  readonly consent?: ConsentKind;
}

type Place = Pick<Finding, 'address'>;

/** Makes a finding. Only a `StoppingRule` may have severity `stops`: those have a kind of consent. */
export function finding(
  place: Place,
  severity: Severity,
  rule: StoppingRule,
  message: Phrase,
): Finding;
export function finding(
  place: Place,
  severity: Exclude<Severity, 'stops'>,
  rule: string,
  message: Phrase,
): Finding;
export function finding(
  { address }: Place,
  severity: Severity,
  rule: string,
  message: Phrase,
): Finding {
  const consent = severity === 'stops' ? kindOfRule(rule as StoppingRule) : undefined;
  return { severity, rule, address, message, ...(consent && { consent }) };
}

/** Whether a finding fails a review in which these kinds are allowed. */
export function isFailing(
  { severity, consent }: Finding,
  allowed: readonly ConsentKind[],
): boolean {
  if (severity === 'broken' || severity === 'protected') return true;
  return severity === 'stops' && (consent === undefined || !allowed.includes(consent));
}

/** One side of a change, within a sentence. */
export function describeValue(shown: Shown): Phrase {
  switch (shown.kind) {
    case 'value':
      return phrase`${shown.text}`;
    case 'absent':
      return unquoted('nothing');
    case 'unknown':
      return unquoted('a value that is known after apply');
    default:
      return unquoted('a value that is not shown');
  }
}
