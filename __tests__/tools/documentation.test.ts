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

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

it('has a README of at most 150 lines with six jobs', () => {
  // The table of jobs may grow without breaking a test.
  const text = read('README.md').replace(/<!-- jobs:begin -->[^]*<!-- jobs:end -->/, '');
  const tableLines = 11;
  expect(text.trimEnd().split('\n').length + tableLines).toBeLessThanOrEqual(150);
});

it.each(Object.keys(FILES_WITH_TABLES))(
  '%s has up-to-date tables (npm run accept writes them)',
  (file) => {
    expect(read(file)).toBe(withTables(file, read(file)));
  },
);

it('fails if the README has no place for a table', () => {
  expect(() => withTables('README.md', '# A README')).toThrow(
    'README.md has no place for the table jobs.\nFix: add the lines <!-- jobs:begin --> and <!-- jobs:end -->.',
  );
});

it('has TypeScript examples that compile', () => {
  const examples = ['README.md', 'constructs/README.md', 'sandbox/README.md'].flatMap((file) =>
    [...read(file).matchAll(/^ *```ts\n([^]*?)^ *```$/gm)].map(([, code = '']) => code),
  );
  expect(examples).toHaveLength(3);
  // A separate project, with this one's folders where the examples import them from.
  const folder = temporaryFolder();
  for (const name of ['constructs', 'page', 'sandbox', 'stages', 'node_modules']) {
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

it('has no broken links to files and their headings, in any Markdown file', () => {
  const links = markdownPages().flatMap((page) => {
    const text = fs.readFileSync(page, 'utf8');
    return [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
      ([, link = '', heading]) => ({ page, link, heading }),
    );
  });
  expect(links.length).toBeGreaterThan(20);
  const broken = links.filter(({ page, link, heading }) => {
    const target = link === '' ? page : path.join(path.dirname(page), link);
    if (!fs.existsSync(target)) return true;
    return heading !== undefined && !anchorsOf(target).has(heading);
  });
  expect(broken).toEqual([]);
});

/** The anchors of a page, as GitHub makes them from its headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const text = fs.readFileSync(page, 'utf8');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...named]);
}
