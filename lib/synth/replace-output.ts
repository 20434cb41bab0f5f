import fs from 'node:fs';
import path from 'node:path';

const STACKS = 'stacks';

/** Files that terraform reads in a folder. */
const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/**
 * Replaces older output with freshly synthesized output: all of it or, if something fails, nothing.
 * Removes stacks that no longer exist, and other configuration that terraform would read in a
 * stack's folder. Keeps the rest: `.terraform`, lock files, local state.
 *
 * Both folders must be on one file system, because files are renamed. `scratch` holds the replaced
 * files until everything is done.
 */
export function replaceOutput(fresh: string, outdir: string, scratch: string): void {
  const undo: (() => void)[] = [];
  const move = (from: string, to: string): void => {
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.renameSync(from, to);
    undo.push(() => {
      fs.renameSync(to, from);
    });
  };
  const files = listFiles(fresh);
  try {
    fs.mkdirSync(outdir, { recursive: true });
    for (const file of [...staleFiles(outdir, files), ...files]) {
      if (fs.existsSync(path.join(outdir, file))) {
        move(path.join(outdir, file), path.join(scratch, file));
      }
    }
    for (const file of files) move(path.join(fresh, file), path.join(outdir, file));
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** The files below a folder, relative to it; deepest first, so that `manifest.json` comes last. */
function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => depth(b) - depth(a));
}

/** Files of the older output that must be removed, relative to it. */
function staleFiles(outdir: string, fresh: readonly string[]): string[] {
  const stacks = path.join(outdir, STACKS);
  if (!fs.existsSync(stacks)) return [];
  const current = new Set(fresh.map((file) => file.split(path.sep)[1]));
  return fs.readdirSync(stacks).flatMap((stack) => {
    const names = entriesOf(path.join(stacks, stack));
    const stale = current.has(stack)
      ? names.filter((name) => CONFIGURATION.test(name))
      : filesOfRemovedStack(names);
    return stale
      .map((name) => path.join(STACKS, stack, name))
      .filter((file) => !fresh.includes(file));
  });
}

/** The whole folder of a stack that no longer exists, or everything in it except a state file. */
function filesOfRemovedStack(names: readonly string[]): readonly string[] {
  const rest = names.filter((name) => !name.includes('.tfstate'));
  return rest.length === names.length ? ['.'] : rest;
}

function entriesOf(folder: string): string[] {
  return fs.statSync(folder).isDirectory() ? fs.readdirSync(folder) : [];
}

function depth(file: string): number {
  return file.split(path.sep).length;
}
