/** What a plan does with a resource. */
export type Action =
  | 'created'
  | 'changed'
  | 'replaced'
  | 'destroyed'
  /** Terraform no longer manages it; it stays as it is. */
  | 'forgotten'
  | 'unchanged'
  | 'read'
  /** From a Terraform that is newer than this review. */
  | 'unknown';

const SINGLE: Readonly<Record<string, Action>> = {
  create: 'created',
  update: 'changed',
  'no-op': 'unchanged',
  read: 'read',
};

/**
 * Any combination with `delete` destroys; Terraform documents that this will hold for future
 * combinations too.
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/command/jsonplan/plan.go
 */
export function actionOf(actions: readonly string[]): Action {
  const creates = actions.includes('create');
  if (actions.includes('delete')) return creates ? 'replaced' : 'destroyed';
  if (actions.includes('forget')) return creates ? 'replaced' : 'forgotten';
  const [single] = actions;
  if (single === undefined || actions.length > 1) return 'unknown';
  return Object.hasOwn(SINGLE, single) ? (SINGLE[single] ?? 'unknown') : 'unknown';
}

const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted',
  replace_because_cannot_update: 'an attribute cannot be changed in place',
  replace_by_request: 'requested with -replace',
  replace_by_triggers: 'one of its triggers changed',
  delete_because_no_resource_config: 'it is no longer in the configuration',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_wrong_repetition: 'its index is not in the configuration',
  delete_because_count_index: 'its index is beyond the count',
  delete_because_each_key: 'its key is no longer in for_each',
  delete_because_no_move_target: 'it was moved to an address that is not in the configuration',
};

/** Why Terraform does this; undefined if it gives no reason, or one that is unknown here. */
export function describeReason(reason: string | undefined): string | undefined {
  return reason !== undefined && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
}
