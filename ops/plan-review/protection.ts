import { PROTECTED_OUTPUT } from '../../stages/deletion';
import { actionOf } from './actions';
import type { Plan, ResourceChange } from './plan/schema';
import { known, valuesAfter, valuesBefore } from './plan/values';

/** How a plan changes the protection of a resource from deletion. */
export interface Protection {
  readonly resource: ResourceChange;
  /** Whether the plan deletes or replaces it although it is protected; nothing accepts that. */
  readonly isViolated: boolean;
  /** Whether the plan ends the protection, and keeps the resource. */
  readonly isEnded: boolean;
}

/**
 * The resources that were protected from deletion when the plan was made: by `deletion_policy` in the
 * state, by the output of the last deploy, or by `prevent_destroy`, for which Terraform refused the plan.
 *
 * @param failure - the errors that terraform printed
 */
export function protectionsIn(plan: Plan, failure = ''): Protection[] {
  const refused = refusedDeletions(failure);
  const [before, after] = protectedAddresses(plan);
  return (plan.resource_changes ?? []).flatMap((resource) => {
    const { address, previous_address: from = address } = resource;
    const isProtected =
      before.includes(from) || prevents(valuesBefore(resource)) || refused.includes(address);
    if (!isProtected) return [];
    const action = actionOf(resource.change.actions);
    const isViolated = action === 'destroyed' || action === 'replaced';
    const isKept = action === 'changed' || action === 'unchanged';
    const isEnded = isKept && !after.includes(address) && !prevents(valuesAfter(resource));
    return [{ resource, isViolated, isEnded }];
  });
}

/**
 * The addresses of resources that terraform refused to delete or to replace.
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/node_resource_abstract_instance.go
 */
export function refusedDeletions(failure: string): string[] {
  const text = failure.replace(/[\s\u2502]+/g, ' ');
  const found = text.matchAll(/Resource (\S+) has lifecycle\.prevent_destroy set/g);
  return [...new Set([...found].flatMap(([, address]) => address ?? []))];
}

/** What the output lists before and after the plan; a plan with `-target` leaves the output as it is. */
function protectedAddresses(plan: Plan): [before: string[], after: string[]] {
  const change = plan.output_changes?.[PROTECTED_OUTPUT];
  if (change !== undefined) return [listIn(change.before), listIn(change.after)];
  const kept = listIn(plan.prior_state?.values?.outputs?.[PROTECTED_OUTPUT]?.value);
  return [kept, kept];
}

function listIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function prevents(values: ReturnType<typeof valuesBefore>): boolean {
  return known(values, 'deletion_policy') === 'PREVENT';
}
