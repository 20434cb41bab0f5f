import { actionOf, type Action } from './actions';
import type { Plan } from './plan/schema';

/** What a plan does with a resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** Where it was in the state before a `moved` block. */
  readonly previousAddress: string | undefined;
  readonly action: Action;
  /** Whether it is also imported; `action` is what else happens to it. */
  readonly imported: boolean;
}

/** What a plan does with managed resources; those that it does not touch are left out. */
export function plannedChanges(plan: Plan): PlannedChange[] {
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode !== 'data')
    .map(({ address, type, previous_address: previousAddress, change }) => ({
      address,
      type,
      previousAddress,
      action: actionOf(change.actions),
      imported: Boolean(change.importing),
    }))
    .filter(
      ({ action, imported, previousAddress }) =>
        action !== 'unchanged' || imported || previousAddress !== undefined,
    );
}
