import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** The stacks themselves; all other files of the folder are loaded by operations too. */
const WITH_CDKTF = ['alerts.ts', 'app.ts', 'backend.ts', 'validibot-stack.ts'];

test('what operations load, loads no cdktf, constructs or provider', () => {
  const modules = [
    ...fs
      .readdirSync(path.join(root, 'stages'))
      .filter((file) => file.endsWith('.ts') && !WITH_CDKTF.includes(file))
      .map((file) => `./stages/${file}`),
    './constructs/schedule/index.ts',
    './constructs/job-defaults.ts',
    './constructs/google-names.ts',
    './constructs/headers.ts',
    './constructs/alert-names.ts',
    './constructs/missed-runs.ts',
    './constructs/mistake.ts',
    './constructs/nearest.ts',
    './constructs/uri.ts',
  ];
  const script = `
    const loaded = () => [...new Set(Object.keys(require.cache)
      .map((file) => /node_modules.(cdktf|constructs|@cdktf)[\\\\/]/.exec(file)?.[1])
      .filter(Boolean))].sort();
    for (const module of ${JSON.stringify(modules)}) require(module);
    const before = loaded();
    require('./constructs/scheduled-job.ts');
    console.log(JSON.stringify({ before, after: loaded() }));
  `;

  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });

  expect(modules.length).toBeGreaterThan(10);
  expect(stderr).toBe('');
  // The construct does load them: the check can see them.
  expect(JSON.parse(stdout)).toEqual({
    before: [],
    after: ['@cdktf', 'cdktf', 'constructs'],
  });
});
