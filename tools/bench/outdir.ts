import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Runs a function with a temporary folder for synthesized stacks. */
export async function inOutdir<T>(use: (outdir: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return await use(path.join(folder, 'cdktf.out'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
