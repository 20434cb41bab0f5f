import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const readJson = (...names: string[]): unknown =>
  JSON.parse(fs.readFileSync(path.join(root, ...names), 'utf8'));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly workspaces: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const lock = readJson('package-lock.json') as {
  readonly packages: Readonly<Record<string, { version?: string; resolved?: string; link?: true }>>;
};

/** The version of a package in the lock file, or of a workspace. */
function lockedVersion(name: string): string | undefined {
  const entry = lock.packages[`node_modules/${name}`];
  return entry?.link ? lock.packages[entry.resolved ?? '']?.version : entry?.version;
}

interface Import {
  readonly file: string;
  readonly from: string;
}

function importsOf(folder: string): Import[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /[.](ts|js)$/.test(name) && !name.split(path.sep).includes('node_modules'))
    .flatMap((name) => {
      const file = path.join(folder, name);
      const source = fs.readFileSync(path.join(root, file), 'utf8');
      return [...source.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\() ?'([^'\s]+)'/g)].map(
        ([, from = '']) => ({ file, from }),
      );
    });
}

const { workspaces } = readJson('package.json') as Manifest;

it('has the folders that other projects can use as workspaces', () => {
  expect(workspaces).toEqual(['constructs', 'page', 'sandbox']);
});

describe.each(workspaces)('%s/ can be used without the rest:', (folder) => {
  const manifest = readJson(folder, 'package.json') as Manifest;
  const { dependencies = {}, peerDependencies = {} } = manifest;
  const imports = importsOf(folder);
  const packages = imports
    .filter(({ from }) => !from.startsWith('.') && !from.startsWith('node:'))
    .filter(({ from }) => !builtinModules.includes(from))
    .map(({ from }) => /^(@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from);

  it('imports no path outside its folder', () => {
    const outside = imports.filter(
      ({ file, from }) =>
        from.startsWith('.') && !path.join(path.dirname(file), from).startsWith(folder + path.sep),
    );
    expect(imports.length).toBeGreaterThan(10);
    expect(outside).toEqual([]);
  });

  it('declares exactly the packages that it imports', () => {
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    expect([...new Set(packages)].sort()).toEqual(declared.sort());
  });

  it('has the same versions as the lock file', () => {
    const locked = Object.keys(dependencies).map((name) => [name, lockedVersion(name)]);
    expect(dependencies).toEqual(Object.fromEntries(locked));
  });

  it('has an up-to-date entry in the lock file', () => {
    expect(lock.packages[folder]).toEqual(
      expect.objectContaining({ version: manifest.version, dependencies }),
    );
  });
});

it('has no imports of peer dependencies in constructs/core', () => {
  const { peerDependencies = {} } = readJson('constructs', 'package.json') as Manifest;
  const peers = Object.keys(peerDependencies);
  expect(peers.length).toBeGreaterThan(0);
  expect(
    importsOf('constructs/core').filter(({ from }) =>
      peers.some((peer) => from === peer || from.startsWith(`${peer}/`)),
    ),
  ).toEqual([]);
});

it('imports only core/ of constructs/ in sandbox/, which does not need cdktf', () => {
  const constructs = '@scheduled-jobs/constructs/';
  const taken = importsOf('sandbox').filter(({ from }) => from.startsWith(constructs));
  expect(taken.length).toBeGreaterThan(0);
  expect(taken.filter(({ from }) => !from.startsWith(`${constructs}core/`))).toEqual([]);
});
