import { readJson } from '../../lib/json';
import { replaceFile } from '../../lib/replace-file';
import { localStateFile } from '../../stages/state';
import { dropsTokens, GOOGLE_PROVIDER } from '../../stages/versions';
import type { Context } from '../context';
import { note } from '../terminal';
import { withPlan } from './planner';
import { withBackups } from './private-files';
import type { Stack } from './stack';
import { isTokenHeader, type StateResource } from './state';

/**
 * Removes the bearer tokens that google before 7.31, or an import, stored in a stack's state, and in its
 * backups if they are files. Newer versions drop them when they read a job, but a plan without changes is not
 * applied, so the state keeps them.
 *
 * @param state - the state before the plan
 * @param isApplied - whether a plan was applied since, which saved what the provider read
 */
export async function removeTokens(
  context: Context,
  stack: Stack,
  state: readonly StateResource[],
  { isApplied }: { isApplied: boolean },
): Promise<void> {
  if (!dropsTokens(GOOGLE_PROVIDER)) return;
  const { terminal, settings } = context;
  if (state.some(({ hasToken }) => hasToken)) {
    note(
      terminal,
      `Removing bearer tokens from the state of ${stack.name}; an import, or google before 7.31, stored them there.`,
    );
    if (!isApplied) {
      const options = ['-refresh-only'];
      await withPlan(context, stack, { purpose: 'apply', options }, (plan) => plan.apply());
    }
    if (settings.state.kind !== 'local') {
      note(
        terminal,
        'Earlier versions of the state still have them; each expired an hour after it was stored.',
      );
    }
  }
  if (settings.state.kind !== 'local') return;
  // Terraform keeps the last state as `STATE.backup`, and those of `terraform state` with a time.
  for (const file of withBackups(localStateFile(settings.state.directory, stack.name))) {
    if (file.endsWith('.backup') && removeFromBackup(file))
      note(terminal, `Removed bearer tokens from ${file}.`);
  }
}

interface RawState {
  readonly resources?: readonly {
    readonly instances?: readonly {
      readonly attributes?: {
        readonly http_target?:
          | readonly { readonly headers?: Record<string, unknown> | null }[]
          | null;
      };
    }[];
  }[];
}

/** Rewrites a backup without tokens; returns whether it had any. */
function removeFromBackup(file: string): boolean {
  const state = (readJson(file) ?? {}) as RawState;
  const headers = (state.resources ?? [])
    .flatMap(({ instances = [] }) => instances)
    .flatMap(({ attributes }) => attributes?.http_target ?? [])
    .flatMap(({ headers: each }) => (each ? [each] : []));
  let found = false;
  for (const each of headers) {
    for (const name of Object.keys(each).filter(isTokenHeader)) {
      Reflect.deleteProperty(each, name);
      found = true;
    }
  }
  if (!found) return false;
  replaceFile(file, `${JSON.stringify(state, undefined, 2)}\n`, 0o600);
  return true;
}
