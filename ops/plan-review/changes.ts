import { actionOf, type Action } from './actions';
import type { Plan, ResourceChange } from './plan/schema';

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
    .filter(isAffected);
}

type Effect = Pick<PlannedChange, 'action' | 'imported' | 'previousAddress'>;

/** Whether the plan does anything with a resource. */
export function isAffected({ action, imported, previousAddress }: Effect): boolean {
  return action !== 'unchanged' || imported || previousAddress !== undefined;
}

/** What happens to a resource: `imported and changed`. */
export function describeAction({ action, imported, previousAddress }: Effect): string {
  const actions = [
    ...(previousAddress === undefined ? [] : ['moved']),
    ...(imported ? ['imported'] : []),
    ...(action === 'unchanged' ? [] : [action]),
  ];
  return actions.join(' and ');
}

/** A resource's address; of an instance that was replaced and not deleted yet, with its key. */
export function withDeposed({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

/** The outputs that a plan changes, by their names. */
export function changedOutputs({ output_changes: outputs }: Plan) {
  return Object.entries(outputs ?? {}).filter(
    ([, { actions }]) => actionOf(actions) !== 'unchanged',
  );
}
