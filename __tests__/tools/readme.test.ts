import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { withTables } from '../../tools/readme/readme-tables';
import { writeFiles } from '../support/files';
import { temporaryFolder } from '../support/temporary-folder';

const root = path.join(__dirname, '..', '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');

test('the generated tables are fresh; npm run readme writes them', () => {
  expect(readme).toBe(withTables(readme));
});

test('a table without its place is an error, not left out', () => {
  expect(() => withTables('# A README')).toThrow('The README has no place for the table jobs.');
});

test('the TypeScript examples compile', () => {
  const examples = [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = '']) => code);
  expect(examples).toHaveLength(2);
  // A project of their own, with this one's folders where the examples' imports look for them.
  const folder = temporaryFolder();
  for (const name of ['constructs', 'stages', 'node_modules']) {
    fs.symlinkSync(path.join(root, name), path.join(folder, name));
  }
  writeFiles(folder, {
    'tsconfig.json': JSON.stringify({
      extends: path.join(root, 'tsconfig.json'),
      compilerOptions: { noUnusedLocals: false },
      include: ['example-*.ts'],
    }),
    ...Object.fromEntries(examples.map((code, index) => [`example-${index}.ts`, code])),
  });
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
  const { stdout } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
}, 60_000);

test('every file that the README links to exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !fs.existsSync(path.join(root, link)))).toEqual([]);
});

test('the settings table names every variable that the sources read', () => {
  const sources = ['settings.ts', 'state.ts', 'imports.ts']
    .map((file) => fs.readFileSync(path.join(root, 'stages', file), 'utf8'))
    .join();
  const variables = new Set(sources.match(/\b(GCP|TF|IMPORT)_[A-Z_]+\b/g));
  const table = /settings:begin[^]*settings:end/.exec(readme)?.[0] ?? '';
  expect([...variables].filter((variable) => !table.includes(`\`${variable}\``))).toEqual([]);
});
