import { buildSync } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** The files that create the stacks; `ops/` loads all others too. */
const WITH_CDKTF = [
  'alerts.ts',
  'app.ts',
  'backend.ts',
  'enable-api.ts',
  'report.ts',
  'validibot-stack.ts',
];

it('loads no cdktf, constructs or provider in files that ops/ loads', () => {
  const modules = [
    ...fs
      .readdirSync(path.join(root, 'stages'))
      .filter((file) => file.endsWith('.ts') && !WITH_CDKTF.includes(file))
      .map((file) => `./stages/${file}`),
    './constructs/core/schedule/index.ts',
    ...fs
      .readdirSync(path.join(root, 'constructs/core'))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `./constructs/core/${file}`),
  ];
  expect(modules.length).toBeGreaterThan(10);
  expect(frameworksIn(modules)).toEqual([]);
  expect(frameworksIn(['./ops/start.ts'])).toEqual([]);
  // The construct does load them: the check can see them.
  expect(frameworksIn(['./constructs/scheduled-job.ts'])).toEqual([
    '@cdktf',
    'cdktf',
    'constructs',
  ]);
});

/** The packages of CDKTF that are loaded with some modules. */
function frameworksIn(modules: string[]): string[] {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: modules,
    outdir: 'unused',
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (file) => /node_modules\/(cdktf|constructs|@cdktf)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(packages)].sort();
}
