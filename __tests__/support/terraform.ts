import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a command said and how it ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs terraform in a folder, with nothing of this machine's settings but the variables given. */
export function terraform(folder: string, env: NodeJS.ProcessEnv, ...args: string[]): Outcome {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr, error } = spawnSync('terraform', args, {
    cwd: folder,
    env: { PATH, HOME, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr: error ? error.message : stderr };
}

/**
 * `describe` where terraform can install the google provider; elsewhere `describe.skip`, with the
 * reason printed.
 */
export function describeWithProvider(): jest.Describe {
  const reason = whyNoProvider();
  if (reason === undefined) return describe;
  console.warn(`Skipped, as terraform cannot install the google provider here: ${reason}`);
  return describe.skip;
}

function whyNoProvider(): string | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-'));
  try {
    fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({ terraform: REQUIRED }));
    const { status, stderr } = terraform(folder, {}, 'init', '-no-color', '-input=false');
    return status === 0 ? undefined : stderr.trim();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const REQUIRED = {
  required_providers: { google: { source: 'hashicorp/google', version: '6.50.0' } },
};
