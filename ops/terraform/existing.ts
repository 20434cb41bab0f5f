import type { Context } from '../context';
import { readConfiguration } from './configuration';
import { FINDERS, orNone } from './finders';
import type { Stack } from './stack';
import type { StateResource } from './state';

/** A resource of a stack that exists in Google Cloud and is not in the stack's state. */
export interface Existing {
  readonly address: string;
  readonly type: string;
  /** What people know it by. */
  readonly name: string;
  /** Its id in an `import` block. */
  readonly id: string;
}

/**
 * Finds what a stack declares, its state does not have, and Google Cloud has: what is left when a
 * state is lost, or what was made by hand.
 *
 * @param types - the types to look for. @default - all that a stage has
 */
export async function findExisting(
  context: Context,
  stack: Stack,
  state: readonly StateResource[],
  types: readonly string[] = Object.keys(FINDERS),
): Promise<Existing[]> {
  const managed = new Set(state.map(({ address }) => address));
  const missing = readConfiguration(stack).filter(({ address }) => !managed.has(address));
  const found = await Promise.all(
    types.map(async (type) => {
      const declared = missing.filter((resource) => resource.type === type);
      return declared.length === 0 ? [] : orNone(FINDERS[type]?.(context, stack, declared));
    }),
  );
  return found.flat();
}
