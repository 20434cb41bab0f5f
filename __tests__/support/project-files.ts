import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** What is not the project's, where git does not say so: packages, and what commands write. */
const LEFT_OUT =
  /^(node_modules|coverage|\.git|\.terraform.*|cdktf\.out.*|terraform\..*tfstate.*)$/;

/** Whether an entry of the project's folder is a source. */
export function isSource(name: string): boolean {
  return !LEFT_OUT.test(name);
}

/** The project's files, relative to its folder, also where it was unpacked and is no git repository. */
export function projectFiles(): string[] {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  const files =
    status === 0
      ? stdout.split('\0')
      : fs
          .readdirSync(ROOT)
          .filter(isSource)
          .flatMap((name) =>
            fs.statSync(path.join(ROOT, name)).isDirectory() ? filesBelow(name) : [name],
          );
  return files.filter((file) => file !== '' && fs.existsSync(path.join(ROOT, file)));
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}
