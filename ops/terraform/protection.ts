import { Failed } from '../errors';
import { AGAIN, edit, either, inOrder, manual, recipe, when, type Fix } from '../fixes/fix';
import { readConfiguration, type Declared } from './configuration';
import type { Stack } from './stack';
import type { StateResource } from './state';

const STAGES = 'stages/stages.ts';

/** The error for a plan that deletes what is protected; the review says why it does. */
export function deletionRefused(
  { name, stage }: Pick<Stack, 'name' | 'stage'>,
  addresses: readonly string[],
): Failed {
  return new Failed(
    `Nothing was changed: the plan of ${name} deletes or replaces what is protected from deletion: ${addresses.join(', ')}.`,
    either(
      when(
        'if this is not intended',
        manual(`undo its cause, which just gcp-scheduler-review ${stage} shows`),
      ),
      when('if it is intended', howToDelete(stage)),
    ),
  );
}

/** Two deploys: the first ends the protection, the second deletes. */
function howToDelete(stage: Stack['stage']): Fix {
  return inOrder(
    edit(STAGES, 'keep them, with deletionProtection: false'),
    recipe('setup', stage),
    manual('remove them'),
    recipe('setup', stage, '--allow', 'destroy'),
  );
}

/**
 * Fails if any of these resources is protected from deletion, in the code or by an earlier deploy, and
 * names the next step.
 */
export function requireUnprotected(stack: Stack, toDelete: readonly StateResource[]): void {
  const declared = new Map(readConfiguration(stack).map((each) => [each.address, each]));
  const isProtected = toDelete.filter(
    (each) => each.isProtected || preventsDestroy(declared.get(each.address)),
  );
  if (isProtected.length === 0) return;
  const missing = isProtected.filter(({ address }) => !declared.has(address));
  const needsEdit = isProtected.some((each) => !isEnding(each, declared.get(each.address)));
  const names = isProtected.map(({ name }) => name).join(', ');
  const { stage, name } = stack;
  const back = missing.map((each) => each.name).join(', ');
  const first = [
    ...(missing.length > 0 ? [manual(`put ${back} back into stages/`)] : []),
    ...(needsEdit ? [edit(STAGES, `set deletionProtection: false for ${stage}`)] : []),
  ];
  throw new Failed(
    `Nothing was deleted: ${names} of ${name} ${isProtected.length === 1 ? 'is' : 'are'} protected from deletion.`,
    first.reduceRight((rest, step) => inOrder(step, rest), inOrder(recipe('setup', stage), AGAIN)),
  );
}

/** Whether the next deploy ends a resource's protection. Without a value, the state's policy stays. */
function isEnding({ hasPolicy }: StateResource, declared: Declared | undefined): boolean {
  if (declared === undefined || preventsDestroy(declared)) return false;
  return hasPolicy !== true || declared.attributes.deletion_policy !== undefined;
}

function preventsDestroy(declared: Declared | undefined): boolean {
  const lifecycle = declared?.attributes.lifecycle as { prevent_destroy?: boolean } | undefined;
  return lifecycle?.prevent_destroy === true;
}
