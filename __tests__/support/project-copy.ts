import fs from 'node:fs';
import path from 'node:path';
import { isSource } from './project-files';
import { temporaryFolder } from './temporary-folder';

const ROOT = path.join(__dirname, '..', '..');

/** A copy of the project's sources, with links to its packages. Commands run in it as in the project. */
export function projectCopy(): string {
  const copy = temporaryFolder();
  for (const name of fs.readdirSync(ROOT).filter(isSource)) {
    fs.cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  const packages = path.join(copy, 'node_modules');
  fs.mkdirSync(packages);
  for (const name of fs.readdirSync(path.join(ROOT, 'node_modules'))) {
    const from = path.join(ROOT, 'node_modules', name);
    // The cache holds bundles of this project's sources.
    if (name === '.cache') continue;
    // Links to the folders of the workspaces are relative: in the copy, they lead to the copy's.
    if (name === '@scheduled-jobs')
      fs.cpSync(from, path.join(packages, name), { recursive: true, verbatimSymlinks: true });
    else fs.symlinkSync(from, path.join(packages, name));
  }
  return copy;
}
