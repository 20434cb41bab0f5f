import fs from 'node:fs';
import path from 'node:path';
import type { Context } from '../../context';
import { Failed } from '../../errors';
import { TRUST } from './api';
import { tokenFor } from './credentials';
import { hostOf } from './host';

/**
 * Checks what `terraform init` would stumble over in HCP Terraform: a state that is elsewhere, which
 * it would ask about on a terminal, and a missing token.
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
      `${name} was last used with its state ${PLACES[before] ?? `in the backend ${before}`}, and ` +
        'TF_CLOUD_ORGANIZATION is set now. Terraform would start with another state, or ask to copy it.',
      `move the state as docs/moving-state.md says; or, if it is not needed (a sandbox's, say), rm ${file}`,
    );
  }
  tokenFor(hostOf(context), context.env);
}

const PLACES: Readonly<Record<string, string>> = { local: 'in a local file', gcs: 'in a bucket' };

/** The backend that the folder was initialized for; undefined where there is no state in it. */
function backendIn(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  try {
    const { backend } = JSON.parse(fs.readFileSync(file, 'utf8')) as Recorded;
    const state = backend?.config?.path;
    const isEmpty = backend?.type === 'local' && !(state && fs.existsSync(state));
    return isEmpty ? undefined : backend?.type;
  } catch {
    return undefined;
  }
}

/** What `terraform init` writes about the backend. */
interface Recorded {
  readonly backend?: { readonly type?: string; readonly config?: { readonly path?: string } };
}

/** Adds to an error of `terraform init` what to do about a certificate that it does not trust. */
export function explainInit(error: unknown): unknown {
  if (
    !(error instanceof Failed) ||
    !/x509: certificate signed by unknown authority/.test(error.what)
  ) {
    return error;
  }
  return new Failed(error.what, TRUST);
}
