import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { withTables } from '../../scripts/readme-tables';

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
  // In the project's root, where the examples' imports point; never written there.
  const files = new Map(
    examples.map((code, index) => [path.join(root, `readme-example-${index}.ts`), code]),
  );
  const read = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.fileExists = (file) => files.has(file) || fileExists(file);
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false }, host);
  const diagnostics = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(diagnostics).toEqual([]);
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
