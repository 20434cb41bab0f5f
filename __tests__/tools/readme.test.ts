import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { withTables } from '../../tools/readme/fill-tables';
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

test('every file that a Markdown file links to exists', () => {
  const pages = fs
    .readdirSync(root)
    .filter((name) => name !== 'node_modules' && !name.startsWith('cdktf.out'))
    .flatMap((name) =>
      fs.statSync(path.join(root, name)).isFile()
        ? [name]
        : fs
            .readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' })
            .map((file) => path.join(name, file)),
    )
    // Reviews, whose links are whatever a plan holds.
    .filter((file) => file.endsWith('.md') && !file.includes('plan-review/plans'));
  const links = pages.flatMap((page) => {
    const text = fs.readFileSync(path.join(root, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => ({
      page,
      link,
    }));
  });
  expect(links.length).toBeGreaterThan(20);
  const broken = links.filter(
    ({ page, link }) => !fs.existsSync(path.join(root, path.dirname(page), link)),
  );
  expect(broken).toEqual([]);
});

test('the settings table names every variable that the sources read', () => {
  const sources = ['settings.ts', 'state.ts', 'imports.ts']
    .map((file) => fs.readFileSync(path.join(root, 'stages', file), 'utf8'))
    .join();
  const variables = new Set(sources.match(/\b(GCP|TF|IMPORT)_[A-Z_]+\b/g));
  const table = /settings:begin[^]*settings:end/.exec(readme)?.[0] ?? '';
  expect([...variables].filter((variable) => !table.includes(`\`${variable}\``))).toEqual([]);
});
