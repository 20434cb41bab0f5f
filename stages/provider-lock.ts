import fs from 'node:fs';
import path from 'node:path';
import { describeMistake } from '../constructs/core/mistake';
import type { Environment } from './environment';
import { GOOGLE_PROVIDER } from './versions';

/** Terraform's lock file for every stack, relative to the project. `npm run lock-provider` writes it. */
export const PROVIDER_LOCK = 'stages/.terraform.lock.hcl';

/** The lock of the google provider. */
export interface ProviderLock {
  readonly text: string;
  /** Not in a sandbox: a provider that was built by hand has other checksums than the official one. */
  readonly isUsed: boolean;
  readonly mistakes: readonly string[];
}

/**
 * Reads the lock of the google provider, if the project has one.
 *
 * @param root - the project's folder
 */
export function readProviderLock(root: string, env: Environment): ProviderLock | undefined {
  const file = path.join(root, PROVIDER_LOCK);
  if (!fs.existsSync(file)) return undefined;
  const text = fs.readFileSync(file, 'utf8');
  return { text, isUsed: !env.SANDBOX_URL, mistakes: checkVersion(text) };
}

function checkVersion(text: string): string[] {
  const [, version] = /^provider "[^"]+\/google" \{\s+version\s*=\s*"([^"]+)"/m.exec(text) ?? [];
  if (version === GOOGLE_PROVIDER) return [];
  const wrong = `the stacks pin google ${GOOGLE_PROVIDER}`;
  const fix = 'run npm run lock-provider, and commit the file';
  const given = version ?? 'without google';
  return [describeMistake({ subject: PROVIDER_LOCK, given, wrong, fix })];
}
