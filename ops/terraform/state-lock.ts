import type { Context } from '../context';
import type { Stack } from './stack';
import { describeStateOf } from './state-check';
import { AGAIN, inOrder, manual, terraform, waitUntil, when, type Fix } from '../fixes/fix';

/** What to do about a lock on the state; undefined when terraform did not fail for one. */
export function lockFix(
  context: Context,
  { folder, name }: Pick<Stack, 'folder' | 'name'>,
  failure: string,
): Fix | undefined {
  if (!failure.includes('Error acquiring the state lock')) return undefined;
  // Without a holder, it is the state or the access to it that is broken.
  if (!failure.includes('Lock Info:')) {
    return manual(`check the state and your access to it: ${describeStateOf(context, { name })}`);
  }
  const read = (field: string): string | undefined =>
    new RegExp(`^[\\s\\u2502]*${field}: +(\\S.*?)\\s*$`, 'm').exec(failure)?.[1];
  const who = read('Who') ?? 'whoever holds the lock';
  const operation = read('Operation')?.replace('OperationType', '').toLowerCase();
  const since = read('Created');
  const details = [operation, since && `since ${since}`].filter(Boolean).join(' ');
  const wait = inOrder(
    waitUntil(`${who} has finished${details === '' ? '' : ` (${details})`}`),
    AGAIN,
  );
  const id = read('ID');
  // A lock on a local file is the process' own.
  if (context.settings.state.kind === 'local' || id === undefined) return wait;
  const unlock = terraform(folder, 'force-unlock', id);
  return inOrder(wait, when('only if that process no longer runs anywhere', unlock));
}
