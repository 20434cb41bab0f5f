import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replaceFile } from '../../lib/replace-file';
import { LOCK_FILE } from '../../lib/synth/lock-file';
import { PROVIDER_LOCK } from '../../stages/provider-lock';
import { GOOGLE_PROVIDER } from '../../stages/versions';

/** Where people and workflows deploy. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

/**
 * Writes the lock file of the google provider that the stacks pin, with its checksums for every platform.
 * Options go to `terraform providers lock`: `-platform=linux_amd64` replaces the platforms, `-net-mirror=URL`
 * and `-fs-mirror=FOLDER` read a mirror instead of the registry.
 */
function main(options: readonly string[]): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-provider-'));
  try {
    const google = { source: 'hashicorp/google', version: GOOGLE_PROVIDER };
    const configuration = { terraform: { required_providers: { google } } };
    fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration));
    const isGiven = options.some((option) => /^--?platform\b/.test(option));
    const platforms = isGiven ? [] : PLATFORMS.map((platform) => `-platform=${platform}`);
    const command = process.env.TERRAFORM_BINARY_NAME || 'terraform';
    const { status, error } = spawnSync(command, ['providers', 'lock', ...platforms, ...options], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) return failed(error ? `${command} cannot be started: ${error.message}` : '');
    // npm runs scripts in the project's folder.
    replaceFile(PROVIDER_LOCK, fs.readFileSync(path.join(folder, LOCK_FILE)));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${PROVIDER_LOCK} locks google ${GOOGLE_PROVIDER}. Commit it: deploys then use it.`);
  return 0;
}

function failed(why: string): number {
  if (why !== '') console.error(why);
  console.error(`${PROVIDER_LOCK} was not changed.`);
  return 1;
}

process.exitCode = main(process.argv.slice(2));
