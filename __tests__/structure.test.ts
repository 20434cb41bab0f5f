import fs from 'node:fs';
import path from 'node:path';
import { projectFiles } from './support/project-files';

const ROOT = path.join(__dirname, '..');
const FOLDERS = ['lib', 'constructs', 'page', 'sandbox', 'stages', 'ops', 'ci', 'tools'];

const files = projectFiles();
const inFolders = files.filter((file) => FOLDERS.includes(file.split('/')[0] ?? ''));

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

const readmes = inFolders.filter((file) => path.basename(file) === 'README.md');

it.each(readmes)('lists only what exists: %s', (readme) => {
  const rows = read(readme).match(/^\| `[^|]*\|/gm) ?? [];
  const named = rows.flatMap((row) => [...row.matchAll(/`([\w/.-]+(?:\/|\.[jt]s|\.md))`/g)]);
  const missing = named
    .map(([, name = '']) => name)
    .filter((name) => !fs.existsSync(path.join(ROOT, path.dirname(readme), name)));
  expect(missing).toEqual([]);
});

it('names every folder in the table of the one above it', () => {
  const unnamed = [...new Set(inFolders.map((file) => path.dirname(file)))].filter((folder) => {
    const above = path.dirname(folder);
    const readme = path.join(above, 'README.md');
    if (above === '.' || !readmes.includes(readme)) return false;
    return !read(readme).includes(`\`${path.basename(folder)}/`);
  });
  expect(unnamed).toEqual([]);
});

it('exports only functions and values that another module uses', () => {
  const sources = files.filter((file) => /\.([jt]s|mjs)$/.test(file));
  const words = new Map(
    sources.map((file) => [file, new Set(read(file).match(/[A-Za-z_$][\w$]*/g) ?? [])]),
  );
  const exported = /^export (?:async )?(?:function\*?|const|let|class|enum) +([\w$]+)/gm;
  const unused = inFolders
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...read(file).matchAll(exported)]
        .map(([, name = '']) => name)
        .filter((name) => sources.every((each) => each === file || !words.get(each)?.has(name)))
        .map((name) => `${file}: ${name}`),
    );
  expect(unused).toEqual([]);
});
