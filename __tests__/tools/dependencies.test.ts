import { buildSync } from 'esbuild';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { integrity?: string; link?: true; inBundle?: true; version?: string }>
  >;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const workspaces = (manifest.workspaces ?? []).map(
  (folder) => JSON.parse(read(`${folder}/package.json`)) as Manifest,
);
const lock = JSON.parse(read('package-lock.json')) as Lock;
// The workspaces depend on each other too.
const versions = Object.fromEntries(
  [manifest, ...workspaces]
    .flatMap(({ dependencies, devDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies }),
    )
    .filter(([name]) => !name.startsWith('@scheduled-jobs/')),
);

it('gives a reason for every dependency in CONTRIBUTING.md', () => {
  const section = /## Dependencies[^]*/.exec(read('CONTRIBUTING.md'))?.[0] ?? '';
  const table = section.replace(/^(?!\|).*$/gm, '');
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

it('runs no install script, and needs none', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  // npm then skips these as well: npm test would not run a pretest.
  const names = Object.keys(manifest.scripts ?? {});
  const hooks = names.filter(
    (name) =>
      /^(pre|post)?(install|prepare|pack|publish|version)$/.test(name) ||
      names.some((other) => name === `pre${other}` || name === `post${other}`),
  );
  expect(hooks).toEqual([]);
});

/**
 * The registry that the lock file was written with has only the binary for Linux on x64, so npm could not
 * look up the others' hashes. CONTRIBUTING.md says how to add them.
 */
const WITHOUT_INTEGRITY = [
  'rust-just-darwin-arm64',
  'rust-just-darwin-x64',
  'rust-just-linux-arm',
  'rust-just-linux-arm64',
  'rust-just-linux-armv7',
  'rust-just-linux-loong64',
  'rust-just-linux-riscv64',
  'rust-just-windows-arm64',
  'rust-just-windows-x64',
];

it('has the integrity of every package in the lock file, with listed exceptions', () => {
  const without = Object.entries(lock.packages)
    .filter(
      ([folder, { link, inBundle }]) => folder.includes('node_modules/') && !link && !inBundle,
    )
    .filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)
    .map(([folder]) => folder.replace('node_modules/', ''));
  expect(without).toEqual(WITHOUT_INTEGRITY);
});

/** What commands and workflows start; npm ci --omit=dev must install what it imports. */
function startedFiles(): string[] {
  const files = ['ops', 'ci', 'lib'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name)),
  );
  return ['main.ts', ...files.filter((file) => /[.](ts|js)$/.test(file))];
}

it('imports only dependencies in what commands and workflows start, and nothing of the sandbox', () => {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: startedFiles(),
    outdir: path.join(root, 'unused'),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  // The workspaces that are installed with it.
  const installed = ['constructs', 'page'].map((folder) => ({
    folder,
    ...(JSON.parse(read(`${folder}/package.json`)) as Manifest),
  }));
  const undeclared = Object.entries(metafile.inputs).flatMap(([file, { imports }]) => {
    const workspace = installed.find(({ folder }) => file.startsWith(`${folder}/`));
    const declared = { ...manifest.dependencies, ...workspace?.dependencies };
    return imports
      .filter(({ external, path: from }) => external && !/^node:/.test(from))
      .filter(({ path: from }) => !builtinModules.includes(from))
      .filter(({ path: from }) => !((/^(@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from) in declared))
      .map(({ path: from }) => `${file}: ${from}`);
  });
  expect(Object.keys(metafile.inputs).length).toBeGreaterThan(100);
  expect(undeclared).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((file) => file.startsWith('sandbox/'))).toEqual([]);
});
