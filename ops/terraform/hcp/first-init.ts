import fs from 'node:fs';
import path from 'node:path';
import { readJson } from '../../../lib/json';
import type { Context } from '../../context';
import { Failed } from '../../errors';
import { tokenFor } from './credentials';
import { hostOf } from './host';
import { inOrder, manual, run, when } from '../../fixes/fix';

/**
 * Checks what would make `terraform init` fail or ask with HCP Terraform: a state that is elsewhere,
 * and a missing token.
 */
export function checkBeforeInit(
  context: Context,
  { name, folder }: { readonly name: string; readonly folder: string },
): void {
  if (context.settings.state.kind !== 'cloud') return;
  const file = path.resolve(folder, context.env.TF_DATA_DIR || '.terraform', 'terraform.tfstate');
  const before = backendIn(file);
  if (before !== undefined && before !== 'cloud') {
    throw new Failed(
      `The state of ${name} was last ${PLACES[before] ?? `in the backend ${before}`}, but now ` +
        'TF_CLOUD_ORGANIZATION is set. Terraform would use another state, or ask to copy this one.',
      inOrder(
        manual('move the state as in docs/moving-state.md'),
        when("only if you do not need that state (such as a sandbox's)", run('rm', file)),
      ),
    );
  }
  tokenFor(hostOf(context), context.env);
}

const PLACES: Readonly<Record<string, string>> = { local: 'in a local file', gcs: 'in a bucket' };

/** The backend that the folder was initialized for; undefined if there is no state in it. */
function backendIn(file: string): string | undefined {
  const backend = (readJson(file) as Recorded | null | undefined)?.backend;
  const state = backend?.config?.path;
  const isEmpty = backend?.type === 'local' && !(state && fs.existsSync(state));
  return isEmpty ? undefined : backend?.type;
}

/** What `terraform init` records about the backend. */
interface Recorded {
  readonly backend?: { readonly type?: string; readonly config?: { readonly path?: string } };
}
