import type { ResourceChange } from './schema';

/** One attribute on one side of a change. */
export type Value =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly value: string | number | boolean }
  /** Known only after the apply. */
  | { readonly kind: 'unknown' }
  /**
   * Marked as sensitive by terraform. `raw` is only for comparison and never shown; it is undefined
   * if the value was redacted, and then two of them may differ.
   */
  | { readonly kind: 'sensitive'; readonly raw: string | undefined };

/** The leaves of an object by path (`http_target.0.uri`), without those that are not set. */
export type Values = ReadonlyMap<string, Value>;

export const ABSENT: Value = { kind: 'absent' };

/** @param redacted - whether HCP Terraform replaced the plan's sensitive values */
export function valuesBefore({ change }: ResourceChange, redacted = false): Values {
  return leaves(redacted, change.before, undefined, change.before_sensitive);
}

/** @param redacted - whether HCP Terraform replaced the plan's sensitive values */
export function valuesAfter({ change }: ResourceChange, redacted = false): Values {
  return leaves(redacted, change.after, change.after_unknown, change.after_sensitive);
}

export function sameValue(a: Value, b: Value): boolean {
  // A hidden value could be anything.
  if (isHidden(a) || isHidden(b)) return false;
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

/** The value at a path, which may be absent. */
export function valueAt(values: Values, path: string): Value {
  return values.get(path) ?? ABSENT;
}

/** The paths of either side. */
export function pathsOf(before: Values, after: Values): string[] {
  return [...new Set([...before.keys(), ...after.keys()])];
}

/** The paths at which the two sides differ. */
export function differingPaths(before: Values, after: Values): string[] {
  return pathsOf(before, after).filter(
    (path) => !sameValue(valueAt(before, path), valueAt(after, path)),
  );
}

function isHidden(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'sensitive' && value.raw === undefined);
}

/** A known value as a string; undefined if it is absent or hidden. */
export function known(values: Values, path: string): string | undefined {
  const value = values.get(path);
  return value?.kind === 'known' ? String(value.value) : undefined;
}

function comparable(value: Value): unknown {
  if (value.kind === 'known') return value.value;
  return value.kind === 'sensitive' && value.raw !== undefined ? JSON.parse(value.raw) : null;
}

/** What terraform reports about a value. */
interface Marked {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

function leaves(redacted: boolean, value: unknown, unknown: unknown, sensitive: unknown): Values {
  const found = new Map<string, Value>();
  collect(found, '', { value, unknown, sensitive }, redacted);
  return found;
}

function collect(
  found: Map<string, Value>,
  path: string,
  { value, unknown, sensitive }: Marked,
  redacted: boolean,
): void {
  if (unknown === true) {
    found.set(path, { kind: 'unknown' });
    return;
  }
  if (sensitive === true) {
    // The placeholder of a redacted value, even an empty one, does not reveal the value.
    if (redacted) found.set(path, { kind: 'sensitive', raw: undefined });
    else if (!isUnset(value)) found.set(path, { kind: 'sensitive', raw: JSON.stringify(value) });
    return;
  }
  // Unknown leaves are missing from the value, and redacted ones may be.
  const marked = redacted ? [...keysOf(unknown), ...keysOf(sensitive)] : keysOf(unknown);
  for (const key of new Set([...keysOf(value), ...marked])) {
    const inner = path === '' ? key : `${path}.${key}`;
    const leaf = {
      value: child(value, key),
      unknown: child(unknown, key),
      sensitive: child(sensitive, key),
    };
    collect(found, inner, leaf, redacted);
  }
  if (isScalar(value) && !isUnset(value)) found.set(path, { kind: 'known', value });
}

/** The API and the provider treat an empty string as unset. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
