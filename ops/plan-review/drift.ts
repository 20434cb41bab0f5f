import { actionOf, type Action } from './actions';
import { attributeChanges, type AttributeChange } from './job/changes';
import { JOB_TYPE } from './job/job';
import type { Plan, ResourceChange } from './plan/schema';
import {
  differingPaths,
  known,
  sameValue,
  valueAt,
  valuesAfter,
  valuesBefore,
  type Values,
} from './plan/values';

/** What the plan does about a change that someone made outside Terraform. */
export type DriftResponse = 'reverts it' | 'keeps it' | 'changes it again';

/** A resource that was changed after Terraform last applied it. */
export interface Drift {
  readonly address: string;
  readonly type: string;
  /** A job's name; the address of any other resource. */
  readonly name: string;
  readonly action: Action;
  /** How it differs, if it is a job. */
  readonly changes: readonly (AttributeChange & { readonly response: DriftResponse })[];
  /** Which attributes differ, if it is not a job. Their values may be secret. */
  readonly attributes: readonly string[];
  /** Whether the plan recreates a resource that was deleted. */
  readonly recreated: boolean;
}

const COMPUTED = new Set(['id', 'etag', 'state', 'timeouts']);

/** Whether a path is in what people do not change: an identifier, or a value that the API maintains. */
export function isComputed(path: string): boolean {
  return COMPUTED.has(path.split('.')[0] ?? path);
}

/** No one changes it outside Terraform: the provider fills it in, in a state that lacks it. */
const IN_STATE_ONLY = 'deletion_policy';

/** The drift in a plan: what people, not the API, changed outside Terraform since the last apply. */
export function driftIn(plan: Plan): Drift[] {
  const planned = new Map((plan.resource_changes ?? []).map((each) => [each.address, each]));
  return (plan.resource_drift ?? [])
    .map((drift) => describeDrift(drift, planned.get(drift.address), plan.redacted))
    .filter(({ action, changes, attributes }) => {
      if (action === 'unchanged') return false;
      return action !== 'changed' || changes.length > 0 || attributes.length > 0;
    });
}

function describeDrift(
  drift: ResourceChange,
  planned: ResourceChange | undefined,
  redacted = false,
): Drift {
  const { address, type, change } = drift;
  const action = actionOf(change.actions);
  const [before, after] = [valuesBefore(drift, redacted), valuesAfter(drift, redacted)];
  const isJob = type === JOB_TYPE;
  const differs = action === 'changed';
  return {
    address,
    type,
    name: (isJob ? (known(before, 'name') ?? known(after, 'name')) : undefined) ?? address,
    action,
    changes:
      isJob && differs
        ? attributeChanges(before, after)
            .filter(({ path }) => path !== IN_STATE_ONLY)
            .map((each) => ({
              ...each,
              response: responseTo(
                each.path,
                before,
                after,
                planned && valuesAfter(planned, redacted),
              ),
            }))
        : [],
    attributes: !isJob && differs ? differingAttributes(before, after) : [],
    recreated: planned !== undefined && actionOf(planned.change.actions) === 'created',
  };
}

function responseTo(
  path: string,
  before: Values,
  after: Values,
  planned: Values | undefined,
): DriftResponse {
  // A plan that only refreshes has no planned changes, and changes nothing.
  if (planned === undefined) return 'keeps it';
  const target = valueAt(planned, path);
  if (sameValue(target, valueAt(after, path))) return 'keeps it';
  return sameValue(target, valueAt(before, path)) ? 'reverts it' : 'changes it again';
}

function differingAttributes(before: Values, after: Values): string[] {
  const differing = differingPaths(before, after)
    .filter((path) => !isComputed(path) && path !== IN_STATE_ONLY)
    .map((path) => path.split('.')[0] ?? path);
  return [...new Set(differing)].sort();
}

/** The paths of a job's attributes that the plan reverts to what Terraform last applied. */
export function revertedPaths(drift: readonly Drift[], address: string): string[] {
  return drift
    .filter((each) => each.address === address)
    .flatMap(({ changes }) => changes)
    .filter(({ response }) => response === 'reverts it')
    .map(({ path }) => path);
}
