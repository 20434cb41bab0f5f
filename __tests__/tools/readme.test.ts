import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { FILES_WITH_TABLES, withTables } from '../../tools/accept/readme';
import { writeFiles } from '../support/files';
import { markdownPages } from '../support/markdown-pages';
import { temporaryFolder } from '../support/temporary-folder';

// The README has the shipped table.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

const root = path.join(__dirname, '..', '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');

it.each(Object.keys(FILES_WITH_TABLES))(
  '%s has up-to-date tables (npm run accept writes them)',
  (file) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    expect(text).toBe(withTables(file, text));
  },
);

it('fails if the README has no place for a table', () => {
  expect(() => withTables('README.md', '# A README')).toThrow(
    'README.md has no place for the table jobs.\nFix: add the lines <!-- jobs:begin --> and <!-- jobs:end -->.',
  );
});

it('has TypeScript examples that compile', () => {
  const examples = [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = '']) => code);
  expect(examples).toHaveLength(2);
  // A separate project, with this one's folders where the examples import them from.
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

it('has no broken links to files, in any Markdown file', () => {
  const links = markdownPages().flatMap((page) => {
    const text = fs.readFileSync(page, 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => ({
      page,
      link,
    }));
  });
  expect(links.length).toBeGreaterThan(20);
  const broken = links.filter(
    ({ page, link }) => !fs.existsSync(path.join(path.dirname(page), link)),
  );
  expect(broken).toEqual([]);
});

it('lists every variable that the sources read in the settings table', () => {
  const sources = ['settings.ts', 'state.ts', 'imports.ts']
    .map((file) => fs.readFileSync(path.join(root, 'stages', file), 'utf8'))
    .join();
  const variables = new Set(sources.match(/\b(GCP|TF|IMPORT)_[A-Z_]+\b/g));
  const table = /settings:begin[^]*settings:end/.exec(readme)?.[0] ?? '';
  expect([...variables].filter((variable) => !table.includes(`\`${variable}\``))).toEqual([]);
});
