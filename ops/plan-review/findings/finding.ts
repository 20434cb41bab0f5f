import type { Phrase } from '../phrase';

/**
 * - `broken`: the plan cannot be relied on; nothing allows it.
 * - `stops`: something stops a job from running; it fails the review unless allowed.
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
}
