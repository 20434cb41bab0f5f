import { kindOfRule, type ConsentKind, type StoppingRule } from '../consent';
import type { Phrase } from '../phrase';

/**
 * - `broken`: the plan cannot be relied on; nothing accepts it.
 * - `stops`: something stops a job from running; it fails the review unless its kind is allowed.
 * - `security`: who is called, as whom, or who may call changes.
 * - `notice`: what a reviewer might overlook.
 */
export type Severity = 'broken' | 'stops' | 'security' | 'notice';

export interface Finding {
  readonly severity: Severity;
  /** Stable: `job-destroyed`. */
  readonly rule: string;
  /** The resource, as Terraform addresses it; undefined when it is the plan as a whole. */
  readonly address: string | undefined;
  readonly message: Phrase;
  /** Of one that `stops`: the kind of consent that accepts it. */
  readonly consent?: ConsentKind;
}

type Place = Pick<Finding, 'address'>;

/** A finding; only some rules may stop jobs, since each of those has a kind of consent. */
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

/** Whether a finding fails a review that accepts some kinds. */
export function isFailing(
  { severity, consent }: Finding,
  allowed: readonly ConsentKind[],
): boolean {
  if (severity === 'broken') return true;
  return severity === 'stops' && (consent === undefined || !allowed.includes(consent));
}
