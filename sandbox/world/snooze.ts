import type { World } from './world';

/** A period in which alert policies open no incidents. */
export interface Snooze {
  readonly name: string;
  readonly displayName: string;
  readonly criteria: { readonly policies: readonly string[] };
  /** RFC 3339. */
  readonly interval: { readonly startTime: string; readonly endTime: string };
}

/** @param at - milliseconds since 1970 */
export function isSnoozed({ snoozes }: World, policyName: string, at: number): boolean {
  return [...snoozes.values()].some(
    ({ criteria, interval }) =>
      criteria.policies.includes(policyName) &&
      Date.parse(interval.startTime) <= at &&
      at < Date.parse(interval.endTime),
  );
}
