import fs from 'node:fs';
import path from 'node:path';

const STACKS = 'stacks';

/** What terraform reads in a folder besides the stack's own file. */
const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/**
 * Puts freshly synthesized output in the place of an older one: all of it or, when something fails
 * on the way, nothing. Stacks that are gone go, and so does other configuration that terraform
 * would read beside a stack's own. The rest stays: `.terraform`, lock files, local state.
 *
 * Both folders must be on one file system, since files are renamed. `scratch` keeps what is
 * replaced until all is done.
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

/** The files below a folder, relative to it; `manifest.json` is among the first, so sort it last. */
function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => depth(b) - depth(a));
}

/** What lies in the older output and must go, relative to it. */
function staleFiles(outdir: string, fresh: readonly string[]): string[] {
  const stacks = path.join(outdir, STACKS);
  if (!fs.existsSync(stacks)) return [];
  const current = new Set(fresh.map((file) => file.split(path.sep)[1]));
  return fs.readdirSync(stacks).flatMap((stack) => {
    const names = entriesOf(path.join(stacks, stack));
    const stale = current.has(stack)
      ? names.filter((name) => CONFIGURATION.test(name))
      : goneStack(names);
    return stale
      .map((name) => path.join(STACKS, stack, name))
      .filter((file) => !fresh.includes(file));
  });
}

/** Of a stack that is gone, its whole folder, or all but a state that somebody put there. */
function goneStack(names: readonly string[]): readonly string[] {
  const rest = names.filter((name) => !name.includes('.tfstate'));
  return rest.length === names.length ? ['.'] : rest;
}

function entriesOf(folder: string): string[] {
  return fs.statSync(folder).isDirectory() ? fs.readdirSync(folder) : [];
}

function depth(file: string): number {
  return file.split(path.sep).length;
}
