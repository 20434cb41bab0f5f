import { actionOf, type Action } from './actions';
import { attributeChanges, type AttributeChange } from './job/changes';
import { JOB_TYPE } from './job/job';
import type { Plan, ResourceChange } from './plan/schema';
import {
  ABSENT,
  known,
  sameValue,
  valuesAfter,
  valuesBefore,
  type Value,
  type Values,
} from './plan/values';

/** What the plan does about a difference that somebody made outside Terraform. */
export type DriftResponse = 'reverts it' | 'keeps it' | 'changes it again';

/** A resource that is not as Terraform left it. */
export interface Drift {
  readonly address: string;
  readonly type: string;
  /** The job's name; of another resource, its address. */
  readonly name: string;
  readonly action: Action;
  /** Of a job: how it differs. */
  readonly changes: readonly (AttributeChange & { readonly response: DriftResponse })[];
  /** Of another resource: which attributes differ. Their values may be secret. */
  readonly attributes: readonly string[];
  /** Of a resource that is gone: whether the plan recreates it. */
  readonly recreated: boolean;
}

/** What no person changes: identifiers and what the API counts up. */
const IGNORED = new Set(['id', 'etag', 'state', 'timeouts']);

/** The drift in a plan: what a person, and not the API, changed outside Terraform since its last apply. */
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
        ? attributeChanges(before, after).map((each) => ({
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
  const target = at(planned, path);
  if (sameValue(target, at(after, path))) return 'keeps it';
  return sameValue(target, at(before, path)) ? 'reverts it' : 'changes it again';
}

function differingAttributes(before: Values, after: Values): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const differing = paths
    .filter((path) => !sameValue(at(before, path), at(after, path)))
    .map((path) => path.split('.')[0] ?? path)
    .filter((attribute) => !IGNORED.has(attribute));
  return [...new Set(differing)].sort();
}

function at(values: Values, path: string): Value {
  return values.get(path) ?? ABSENT;
}

/** The attributes of a job that the plan sets back to what Terraform applied last, by their paths. */
export function revertedPaths(drift: readonly Drift[], address: string): string[] {
  return drift
    .filter((each) => each.address === address)
    .flatMap(({ changes }) => changes)
    .filter(({ response }) => response === 'reverts it')
    .map(({ path }) => path);
}
