import fs from 'node:fs';
import path from 'node:path';
import { projectFiles } from '../support/project-files';

const root = path.join(__dirname, '..', '..');

const FOLDERS = [
  ...new Set(
    projectFiles()
      .filter((file) => /\.(ts|js|sh)$/.test(file) && !/^(\.|__tests__)/.test(file))
      .map((file) => path.dirname(file))
      .filter((folder) => folder !== '.'),
  ),
];

it.each(FOLDERS)('%s says what may go in it', (folder) => {
  if (fs.existsSync(path.join(root, folder, 'README.md'))) return;
  let above = path.dirname(folder);
  while (!fs.existsSync(path.join(root, above, 'README.md'))) above = path.dirname(above);
  expect(above).not.toBe('.');
  const text = fs.readFileSync(path.join(root, above, 'README.md'), 'utf8');
  expect(text).toContain(`\`${path.relative(above, folder)}/\``);
});
