/** What a plan does with a resource. */
export type Action =
  | 'created'
  | 'changed'
  | 'replaced'
  | 'destroyed'
  /** Terraform no longer manages it; it goes on as it is. */
  | 'forgotten'
  | 'unchanged'
  | 'read'
  /** Of a terraform that is newer than this review. */
  | 'unknown';

const SINGLE: Readonly<Record<string, Action>> = {
  create: 'created',
  update: 'changed',
  'no-op': 'unchanged',
  read: 'read',
};

/**
 * Whatever has `delete` among its actions destroys, as Terraform promises of combinations to come.
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/command/jsonplan/plan.go
 */
export function actionOf(actions: readonly string[]): Action {
  const makes = actions.includes('create');
  if (actions.includes('delete')) return makes ? 'replaced' : 'destroyed';
  if (actions.includes('forget')) return makes ? 'replaced' : 'forgotten';
  const [single] = actions;
  if (single === undefined || actions.length > 1) return 'unknown';
  return Object.hasOwn(SINGLE, single) ? (SINGLE[single] ?? 'unknown') : 'unknown';
}

const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted',
  replace_because_cannot_update: 'an attribute cannot be changed in place',
  replace_by_request: 'asked for with -replace',
  replace_by_triggers: 'a trigger of its changed',
  delete_because_no_resource_config: 'it is not in the configuration any more',
  delete_because_no_module: 'its module is not in the configuration any more',
  delete_because_wrong_repetition: 'it is not in the configuration under this index',
  delete_because_count_index: 'its index is beyond the count',
  delete_because_each_key: 'its key is not in for_each any more',
  delete_because_no_move_target: 'it was moved to an address that is not in the configuration',
};

/** Why Terraform does so, in words; undefined when it gives no reason, or one not known here. */
export function reasonInWords(reason: string | undefined): string | undefined {
  return reason !== undefined && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
}
