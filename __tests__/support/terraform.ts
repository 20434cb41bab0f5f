import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Outcome } from '../../lib/run-process';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { skipped } from './skipped';

/** What can run a stack: terraform, or OpenTofu's command. */
export type Command = 'terraform' | 'tofu';

/** Runs terraform in a folder, with only the given variables of this machine's environment. */
export function terraform(folder: string, env: NodeJS.ProcessEnv, ...args: string[]): Outcome {
  return runIn(folder, 'terraform', args, env);
}

/** The same with either command. */
export function runIn(
  folder: string,
  command: Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Outcome {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    env: { PATH, HOME, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr: error ? error.message : stderr };
}

/**
 * `describe` if the command can install a google provider, by default the one that the stacks
 * pin; otherwise `describe.skip`, with the reason printed.
 */
export function describeWithProvider(
  command: Command = 'terraform',
  version = GOOGLE_PROVIDER,
): jest.Describe {
  const found = findProvider(command, version);
  if ('version' in found) return describe;
  return skipped(
    `${command} cannot install the google provider ${version} here: ${found.reason}\n` +
      '  docs/provider-versions.md says where to put it.',
  );
}

/** The version that a command installs for a constraint, or why it installs none. */
export function findProvider(
  command: Command,
  constraint: string,
): { readonly version: string } | { readonly reason: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-'));
  const google = { source: 'hashicorp/google', version: constraint };
  const configuration = { terraform: { required_providers: { google } } };
  try {
    fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration));
    const { status, stderr } = runIn(folder, command, ['init', '-no-color', '-input=false']);
    if (status !== 0) return { reason: stderr.trim() };
    const lock = fs.readFileSync(path.join(folder, '.terraform.lock.hcl'), 'utf8');
    return { version: /version *= "(.+)"/.exec(lock)?.[1] ?? constraint };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
