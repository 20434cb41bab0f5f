import fs from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { hasInstallScript?: boolean }>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const versions = { ...manifest.dependencies, ...manifest.devDependencies };

it('gives a reason for every dependency in CONTRIBUTING.md', () => {
  const table = /## Dependencies[^]*/.exec(read('CONTRIBUTING.md'))?.[0] ?? '';
  const named = [...table.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  const isNamed = (dependency: string): boolean =>
    named.some((name) => name === dependency || name === dependency.replace(/\/.*/, '/*'));
  expect(named.length).toBeGreaterThan(20);
  expect(Object.keys(versions).filter((dependency) => !isNamed(dependency))).toEqual([]);
  // And vice versa: no line is about a removed dependency.
  const lines = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/\*$/, '')),
  );
  const obsolete = lines.filter(
    (line) => !Object.keys(versions).some((name) => name === line || name.startsWith(line)),
  );
  expect(obsolete).toEqual([]);
});

it('pins every dependency', () => {
  const loose = Object.entries(versions).filter(
    ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
});

it('lists every install script, and runs none', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as Lock;
  const withScripts = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
  const known = Object.fromEntries([...new Set(withScripts)].map((name) => [name, false]));
  expect(manifest.allowScripts).toEqual(known);
});
