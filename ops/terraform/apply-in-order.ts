import type { Context } from '../context';
import { Failed } from '../errors';
import { plannedChanges, type PlannedChange } from '../plan-review/changes';
import type { Review } from '../plan-review/review';
import { note } from '../terminal';
import type { StagePlan } from './plan';
import { withPlan } from './planner';
import { ALERT, CHANNEL } from './resource-types';
import type { Stack } from './stack';
import type { StateResource } from './state';
import { AGAIN } from '../fixes/fix';

/**
 * Applies a reviewed plan. If it deletes notification channels that alert policies may still use, it
 * updates the policies first: Google refuses to delete a channel in use, and Terraform deletes it
 * before it updates what refers to it. `create_before_destroy` turns that around, but of a deleted
 * resource Terraform reads it from the state, where channels of older deploys do not have it.
 * Source: https://github.com/hashicorp/terraform-provider-google/issues/3008
 *
 * @param state - the state before the plan
 * @throws Failed if something else has changed in the meantime
 */
export async function applyInOrder(
  context: Context,
  stack: Stack,
  plan: StagePlan,
  { changes }: Review,
  state: readonly StateResource[],
): Promise<void> {
  const policies = changes.filter(({ type, action }) => type === ALERT && action === 'changed');
  const channels = changes.filter(({ type, action }) => type === CHANNEL && DELETING.has(action));
  if (policies.length === 0 || channels.length === 0 || areDeletedLast(state, channels)) {
    await plan.apply();
    return;
  }
  note(context.terminal, 'Updating the alert policies first: they use channels to be deleted.');
  // Otherwise its run in HCP Terraform holds up the following ones.
  await plan.release();
  await applyPart(
    context,
    stack,
    changes,
    policies.map(({ address }) => `-target=${address}`),
  );
  await applyPart(context, stack, changes, []);
}

const DELETING: ReadonlySet<PlannedChange['action']> = new Set(['destroyed', 'replaced']);

/** Plans again, and applies only what was reviewed. */
async function applyPart(
  context: Context,
  stack: Stack,
  reviewed: readonly PlannedChange[],
  options: readonly string[],
): Promise<void> {
  await withPlan(context, stack, { purpose: 'apply', options }, async (part) => {
    if (!part.hasChanges) return;
    const changes = plannedChanges(await part.read());
    const other = changes.filter(
      ({ address, action }) =>
        !reviewed.some((each) => each.address === address && each.action === action),
    );
    if (other.length > 0) {
      throw new Failed(
        `${stack.name} changed since it was reviewed: ${other.map(({ address }) => address).join(', ')}. ` +
          'The rest of the plan was not applied.',
        AGAIN,
      );
    }
    await part.apply();
  });
}

/** Whether the state says of all these channels that what uses them is updated first. */
function areDeletedLast(
  state: readonly StateResource[],
  channels: readonly PlannedChange[],
): boolean {
  return channels.every(({ address }) =>
    state.some((each) => each.address === address && each.createsBeforeDestroy),
  );
}
