import fs from 'node:fs';
import path from 'node:path';
import type { Existing } from './existing';
import type { Stack } from './stack';

/**
 * Calls `use` while the stack's configuration imports some resources. The blocks are in a file of
 * their own, which any later synth removes should this process be killed.
 */
export async function withImportBlocks<T>(
  { folder }: Stack,
  resources: readonly Existing[],
  use: () => Promise<T>,
): Promise<T> {
  const file = path.join(folder, 'imports.tf.json');
  const blocks = resources.map(({ address, id }) => ({ to: address, id }));
  fs.writeFileSync(file, `${JSON.stringify({ import: blocks }, undefined, 2)}\n`);
  try {
    return await use();
  } finally {
    fs.rmSync(file, { force: true });
  }
}
