import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { writeFiles } from '../../support/files';
import { temporaryFolder } from '../../support/temporary-folder';

const project = path.join(__dirname, '..', '..', '..');

/** Creates a project with a copy of the launcher. */
function newProject(files: Record<string, string>): string {
  const root = path.join(temporaryFolder(), 'a project');
  for (const part of ['launch', 'replace-file.js']) {
    fs.cpSync(path.join(project, 'lib', part), path.join(root, 'lib', part), { recursive: true });
  }
  fs.mkdirSync(path.join(root, 'node_modules'));
  fs.symlinkSync(
    path.join(project, 'node_modules', 'esbuild'),
    path.join(root, 'node_modules', 'esbuild'),
  );
  writeFiles(root, { 'tsconfig.json': '{}', 'node_modules/.package-lock.json': '{}', ...files });
  return root;
}

function launch(
  root: string,
  ...args: string[]
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'lib', 'launch', 'main.js'), ...args],
    // From another folder, as `just` may be.
    { cwd: path.dirname(root), encoding: 'utf8' },
  );
  return { status, out: stdout, err: stderr };
}

function bundles(root: string): string[] {
  return fs
    .readdirSync(path.join(root, 'node_modules', '.cache', 'launch', 'entry.ts'))
    .filter((file) => file.endsWith('.cjs'));
}

it('runs a TypeScript file with its arguments, and exits with its status', () => {
  const root = newProject({
    'entry.ts': `import { sum } from './sum';
      console.log(sum(process.argv.slice(2).map(Number)), process.argv[1]);
      process.exitCode = 3;`,
    'sum.ts': `export const sum = (values: number[]): number => values.reduce((a, b) => a + b);`,
  });

  const expected = { status: 3, out: `5 ${path.join(root, 'entry.ts')}\n`, err: '' };
  expect(launch(root, 'entry.ts', '2', '3')).toEqual(expected);
  // This time with the cached code.
  expect(launch(root, 'entry.ts', '2', '3')).toEqual(expected);
  expect(bundles(root)).toHaveLength(1);
});

it('replaces the deprecated util.isArray that cdktf calls', () => {
  // Node 22 and newer print a warning at the first call.
  const root = newProject({
    'entry.ts': `import util from 'node:util';
      console.log(util.isArray([]), util.isArray({}), util.isArray === Array.isArray);`,
  });
  expect(launch(root, 'entry.ts')).toEqual({ status: 0, out: 'true false true\n', err: '' });
});

it('keeps non-ASCII characters, also in regular expressions', () => {
  const root = newProject({
    'entry.ts': "console.log(/^│ [ä-ü]😀$/u.test('│ ö😀'), '│', `${'ö'}😀`);",
  });
  const expected = { status: 0, out: 'true │ ö😀\n', err: '' };
  expect(launch(root, 'entry.ts')).toEqual(expected);
  expect(launch(root, 'entry.ts')).toEqual(expected);
});

describe('a changed input', () => {
  const entry = { 'entry.ts': `import { word } from './word'; console.log(word);` };

  it('is noticed in a source with the same size and time', () => {
    const root = newProject({ ...entry, 'word.ts': `export const word = 'one';` });
    expect(launch(root, 'entry.ts').out).toBe('one\n');
    const file = path.join(root, 'word.ts');
    const { atime, mtime } = fs.statSync(file);

    fs.writeFileSync(file, `export const word = 'two';`);
    fs.utimesSync(file, atime, mtime);

    expect(launch(root, 'entry.ts').out).toBe('two\n');
  });

  it('is noticed as a new file that an import resolves to', () => {
    const root = newProject({ ...entry, 'word/index.ts': `export const word = 'folder';` });
    expect(launch(root, 'entry.ts').out).toBe('folder\n');

    writeFiles(root, { 'word.ts': `export const word = 'file';` });

    expect(launch(root, 'entry.ts').out).toBe('file\n');
  });

  it('is noticed as a package that was installed again', () => {
    const root = newProject({
      'entry.ts': `import { word } from 'words'; console.log(word);`,
      'node_modules/words/index.js': `exports.word = 'old';`,
    });
    expect(launch(root, 'entry.ts').out).toBe('old\n');

    writeFiles(root, {
      'node_modules/words/index.js': `exports.word = 'new';`,
      'node_modules/.package-lock.json': '{ "version": 2 }',
    });

    expect(launch(root, 'entry.ts').out).toBe('new\n');
  });

  it('is reported as a source that no longer exists, and nothing runs', () => {
    const root = newProject({ ...entry, 'word.ts': `export const word = 'one';` });
    launch(root, 'entry.ts');

    fs.rmSync(path.join(root, 'word.ts'));

    const { status, out, err } = launch(root, 'entry.ts');
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('Could not resolve "./word"');
  });
});

it('makes no new bundle for files that commands write next to the sources', () => {
  const root = newProject({ 'entry.ts': `console.log('ran');` });
  launch(root, 'entry.ts');

  writeFiles(root, { 'terraform.dev.tfstate': '{}', 'cdktf.out/stacks/dev/cdk.tf.json': '{}' });

  expect(launch(root, 'entry.ts').out).toBe('ran\n');
  expect(bundles(root)).toHaveLength(1);
});

it('bundles a source with a time in the future', () => {
  const root = newProject({ 'entry.ts': `console.log('ran');` });
  const tomorrow = new Date(Date.now() + 86_400_000);
  fs.utimesSync(path.join(root, 'entry.ts'), tomorrow, tomorrow);

  expect(launch(root, 'entry.ts')).toEqual({ status: 0, out: 'ran\n', err: '' });
});

it('names the place in the source in an error', () => {
  const root = newProject({
    'entry.ts': `import { fail } from './fail';

      void Promise.resolve().then(() => {
        fail();
      });`,
    'fail.ts': `interface Unused { readonly a: string }

export function fail(): never {
  throw new TypeError('broken');
}`,
  });

  const { status, err } = launch(root, 'entry.ts');

  expect(status).toBe(1);
  expect(err).toContain('TypeError: broken\n');
  expect(err).toContain(`at fail (${path.join(root, 'fail.ts')}:4:9)\n`);
  expect(err).toContain(`${path.join(root, 'entry.ts')}:4:9`);
});

it('prints its usage without a file', () => {
  const { status, out, err } = launch(newProject({}));

  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toBe(
    'Usage: node lib/launch/main.js ENTRY [ARG...], with ENTRY a file such as main.ts\n',
  );
});
