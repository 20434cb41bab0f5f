import { createHash } from 'node:crypto';
import { actionOf } from './actions';
import { changedOutputs, plannedChanges, withDeposed } from './changes';
import { isComputed } from './drift';
import { attributeAt } from './job/attributes';
import { JOB_TYPE } from './job/job';
import type { Plan, ResourceChange } from './plan/schema';
import { differingPaths, valueAt, valuesAfter, valuesBefore, type Value } from './plan/values';

/**
 * What a plan changes, as hashes: two plans with the same digest change the same resources in the same
 * way. Left out is what differs between two plans of the same changes (etags, what the API computes), and
 * values that terraform marks as sensitive.
 */
export interface Digest {
  /** 12 hexadecimal digits, of all changes together. */
  readonly total: string;
  /** The changes, sorted by address. */
  readonly changes: readonly { readonly address: string; readonly hash: string }[];
}

/** Digits of a change's hash, and of its address'. */
const SHORT = 8;
const TOTAL = 12;

const FORMAT = new RegExp(`^[0-9a-f]{${TOTAL}}(:([0-9a-f]{${2 * SHORT}})*)?$`);

export function digestOf(plan: Plan): Digest {
  const affected = new Set(plannedChanges(plan).map(({ address }) => address));
  const resources = (plan.resource_changes ?? [])
    .filter(({ address, mode }) => mode !== 'data' && affected.has(address))
    .map((resource) => ({
      address: withDeposed(resource),
      what: contentOf(resource, plan.redacted),
    }));
  const outputs = changedOutputs(plan).map(([name, { actions }]) => ({
    address: `output.${name}`,
    what: actions as unknown,
  }));
  const changes = [...resources, ...outputs]
    .map(({ address, what }) => ({ address, hash: hashOf(JSON.stringify(what), SHORT) }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  return { total: hashOf(JSON.stringify(changes), TOTAL), changes };
}

/** A digest in the form of `--expect-digest`: the total, and the hash of each address and change. */
export function digestInText({ total, changes }: Digest): string {
  const each = changes.map(({ address, hash }) => `${hashOf(address, SHORT)}${hash}`);
  return `${total}:${each.join('')}`;
}

/** Whether a text has the form of `digestInText`, or of a total alone. */
export function isDigest(text: string): boolean {
  return FORMAT.test(text);
}

/** How a plan's changes differ from expected ones, one line each; empty if they are the same. */
export function differencesFrom(expected: string, { total, changes }: Digest): string[] {
  const [expectedTotal = '', rest] = expected.split(':');
  if (expectedTotal === total) return [];
  if (rest === undefined) return [`its digest is ${total} instead of ${expectedTotal}`];
  const known = new Map(
    [...rest.matchAll(new RegExp(`(.{${SHORT}})(.{${SHORT}})`, 'g'))].map(
      ([, address = '', hash = '']) => [address, hash],
    ),
  );
  const found = changes.flatMap(({ address, hash }) => {
    const key = hashOf(address, SHORT);
    const before = known.get(key);
    known.delete(key);
    if (before === hash) return [];
    return [
      before === undefined
        ? `${address} was not to be changed`
        : `${address} was to be changed in another way`,
    ];
  });
  const gone = known.size;
  if (gone > 0)
    found.push(`${gone} reviewed ${gone === 1 ? 'change is' : 'changes are'} no longer planned`);
  return found;
}

function contentOf(resource: ResourceChange, redacted = false): unknown {
  const { change, previous_address: from } = resource;
  const [before, after] = [valuesBefore(resource, redacted), valuesAfter(resource, redacted)];
  const paths = differingPaths(before, after)
    .filter((path) =>
      resource.type === JOB_TYPE ? attributeAt(path) !== undefined : !isComputed(path),
    )
    .sort();
  return {
    action: actionOf(change.actions),
    from,
    importing: change.importing?.id,
    values: paths.map((path) => [
      path,
      withoutSecrets(valueAt(before, path)),
      withoutSecrets(valueAt(after, path)),
    ]),
  };
}

function withoutSecrets(value: Value): unknown {
  return value.kind === 'known' ? { value: value.value } : value.kind;
}

function hashOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
