import { withoutCredentials } from '../../../constructs/core/uri';
import { pathsOf, sameValue, valueAt, type Value, type Values } from '../plan/values';
import { attributeAt, byListing, type Attribute } from './attributes';

/** One side of an attribute's change, without what must not be shown. */
export type Shown =
  | { readonly kind: 'absent' | 'unknown' | 'sensitive' | 'withheld' }
  | { readonly kind: 'value'; readonly text: string };

export interface AttributeChange extends Attribute {
  /** Where it is in the resource: `http_target.0.uri`. */
  readonly path: string;
  readonly before: Shown;
  readonly after: Shown;
}

/** How the two sides of a job differ. */
export function attributeChanges(before: Values, after: Values): AttributeChange[] {
  return pathsOf(before, after)
    .flatMap((path) => {
      const attribute = attributeAt(path);
      const [from, to] = [valueOfJob(before, path), valueOfJob(after, path)];
      if (attribute === undefined || sameValue(from, to)) return [];
      const sides = { before: show(attribute, from), after: show(attribute, to) };
      return [{ path, ...attribute, ...sides }];
    })
    .sort(byListing);
}

/** All attributes of one side, for a job that is created or destroyed. */
export function attributesOf(values: Values): { attribute: Attribute; shown: Shown }[] {
  return [...values]
    .flatMap(([path, value]) => {
      const attribute = attributeAt(path);
      return attribute === undefined ? [] : [{ attribute, shown: show(attribute, value) }];
    })
    .sort((a, b) => byListing(a.attribute, b.attribute));
}

/** A job whose `paused` is not set is not paused. */
function valueOfJob(values: Values, path: string): Value {
  const value = valueAt(values, path);
  return path === 'paused' && value.kind === 'absent' ? { kind: 'known', value: false } : value;
}

function show({ id, shown }: Attribute, value: Value): Shown {
  if (value.kind !== 'known') return { kind: value.kind };
  if (!shown) return { kind: 'withheld' };
  if (id === 'paused') return { kind: 'value', text: value.value === true ? 'paused' : 'running' };
  const text = String(value.value);
  return {
    kind: 'value',
    text: id === 'uri' || id === 'audience' ? withoutCredentials(text) : text,
  };
}
