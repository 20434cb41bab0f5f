import fs from 'node:fs';
import path from 'node:path';

/** Where terraform reads its dependency lock file, in a stack's folder. */
export const LOCK_FILE = '.terraform.lock.hcl';

/** A dependency lock file that a project keeps for its stacks. */
export interface LockFile {
  readonly text: string;
  /** Whether the stacks use it; if not, copies of an earlier synth are removed. */
  readonly isUsed: boolean;
  /** What is wrong with it; synth then writes nothing. */
  readonly mistakes: readonly string[];
}

/** Puts the lock file next to the JSON of each stack. */
export function addLockFile(output: string, { text, isUsed }: LockFile): void {
  if (!isUsed) return;
  for (const folder of stackFolders(output)) fs.writeFileSync(path.join(folder, LOCK_FILE), text);
}

/** Removes copies of a lock file that the stacks do not use, but no lock file of terraform's own. */
export function removeLockFile(output: string, { text, isUsed }: LockFile): void {
  if (isUsed) return;
  for (const folder of stackFolders(output)) {
    const file = path.join(folder, LOCK_FILE);
    if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) fs.rmSync(file);
  }
}

function stackFolders(output: string): string[] {
  const stacks = path.join(output, 'stacks');
  return fs.readdirSync(stacks).map((name) => path.join(stacks, name));
}
