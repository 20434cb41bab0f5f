import { actionOf, type Action } from './actions';
import type { Plan } from './plan/schema';

/** What a plan does with a resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** Where it was in the state before a `moved` block. */
  readonly previousAddress: string | undefined;
  readonly action: Action;
  /** Whether it is imported, too; `action` tells what else is done to it. */
  readonly imported: boolean;
}

/** What a plan does with the resources that it manages, without those that stay as they are. */
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
