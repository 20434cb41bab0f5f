import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** The layers, from the bottom up: a folder imports only from those below it. */
const FOLDERS = ['lib', 'constructs', 'page', 'sandbox', 'stages', 'ops', 'ci', 'tools'];

/**
 * Which top-level folder imports from which. A new line is a design decision: each makes it harder to
 * change one folder without the other, so keep them few.
 */
const RELATIONS = [
  'page -> constructs',
  'sandbox -> constructs',
  'sandbox -> page',
  'stages -> constructs',
  'stages -> sandbox',
  'ops -> lib',
  'ops -> constructs',
  'ops -> page',
  'ops -> stages',
  'ci -> stages',
  'ci -> ops',
  'tools -> lib',
  'tools -> sandbox',
  'tools -> stages',
  'tools -> ci',
];

/** The folders that a folder imports from, each with a file that does. */
function importsOf(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const files = fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file) && !file.includes('node_modules'));
  for (const file of files) {
    const source = fs.readFileSync(path.join(ROOT, folder, file), 'utf8');
    const imports = source.matchAll(/\b(?:from|import|require)\s*\(?\s*'([^']+)'/g);
    for (const [, specifier = ''] of imports) {
      const target = specifier.startsWith('.')
        ? path.join(folder, path.dirname(file), specifier)
        : specifier.replace(/^@scheduled-jobs\//, '');
      const [to = ''] = target.split(path.sep);
      if (to !== folder && isOurs(to, specifier)) found.set(to, path.join(folder, file));
    }
  }
  return found;
}

/** `constructs` is also the name of someone else's package. */
function isOurs(name: string, specifier: string): boolean {
  return FOLDERS.includes(name) && /^(\.|@scheduled-jobs\/)/.test(specifier);
}

const relations = FOLDERS.flatMap((from) =>
  [...importsOf(from)].map(([to, file]) => ({ name: `${from} -> ${to}`, file })),
);

it('allows only the listed imports between top-level folders', () => {
  const unexpected = relations.filter(({ name }) => !RELATIONS.includes(name));
  expect(unexpected).toEqual([]);
  expect(new Set(relations.map(({ name }) => name))).toEqual(new Set(RELATIONS));
});

it('lists no import from a lower to a higher layer', () => {
  const up = RELATIONS.filter((relation) => {
    const [from = '', to = ''] = relation.split(' -> ');
    return FOLDERS.indexOf(from) < FOLDERS.indexOf(to);
  });
  expect(up).toEqual([]);
});
