import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { TASK_NAMES } from '../../stages/jobs';
import { projectCopy } from '../support/project-copy';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * The promise of "Add a job" in the README: after an edit of the table, `npm run accept` makes
 * `npm test` pass. Each edit is made in a copy of the project. End-to-end tests are left out.
 */

jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

jest.setTimeout(20 * 60_000);

/** A change of a source: what is replaced by what. */
type Edit = readonly [file: string, pattern: RegExp | string, replacement: string];

const JOBS = 'stages/jobs.ts';
const STAGES = 'stages/stages.ts';

function added(...tasks: readonly string[]): Edit {
  const entries = tasks.map(
    (task, index) => `  '${task}': {
    schedule: '${index} 5 * * *',
    endpoint: '/api/v1/scheduled/${task}/',
    purpose: 'Delete what my app no longer needs',
  },
`,
  );
  return [JOBS, '} as const satisfies', `${entries.join('')}} as const satisfies`];
}

const [renamed = '', overridden = '', omitted = ''] = TASK_NAMES;
const removed = TASK_NAMES.at(-1) ?? '';

const EDITS: Readonly<Record<string, Edit>> = {
  'a changed schedule': [JOBS, /schedule: '.*'/, "schedule: '30 4 * * MON-FRI'"],
  'an added job': added('my-cleanup'),
  'a removed job': [JOBS, new RegExp(` {2}'${removed}': \\{[^}]*\\},\n`), ''],
  'a renamed job': [JOBS, new RegExp(renamed, 'g'), 'another-name'],
  'overrides in a stage': [
    STAGES,
    /^ {2}dev: \{/m,
    `  dev: {
    jobs: {
      '${overridden}': { schedule: '0 6 * * *', paused: true },
      '${omitted}': { omit: true },
    },`,
  ],
  'an added stage': [STAGES, /^ {2}prod: \{/m, "  qa: { alerts: { severity: 'WARNING' } },\n$&"],
  'four added jobs': added('first-job', 'second-job', 'third-job', 'fourth-job'),
};

/** Tests that read the shipped table say so; the others have a table of their own. */
const READERS = ['--testPathIgnorePatterns', '/e2e/', '/slow/', '--', ...testsThat('jest.unmock(')];

/** All quick tests, except those of the constructs. */
const QUICK = ['--testPathIgnorePatterns', '/e2e/', '/slow/', '/constructs/'];

const root = projectCopy();

/** The files that edits and `npm run accept` change, as they were. */
const CHANGED = ['stages', '__tests__', '.github', 'README.md', 'docs'];
const original = temporaryFolder();
copy(root, original);

afterEach(() => {
  for (const name of CHANGED) fs.rmSync(path.join(root, name), { recursive: true });
  copy(original, root);
});

function copy(from: string, to: string): void {
  for (const name of CHANGED) {
    fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
  }
}

/** The test files with this text. */
function testsThat(text: string): string[] {
  const folder = path.join(__dirname, '..');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => fs.readFileSync(path.join(folder, file), 'utf8').includes(text))
    .map((file) => path.join('__tests__', file));
}

function edit([file, pattern, replacement]: Edit): void {
  const before = fs.readFileSync(path.join(root, file), 'utf8');
  const after = before.replace(pattern, replacement);
  if (after === before) throw new Error(`The edit changes nothing in ${file}: ${pattern}`);
  fs.writeFileSync(path.join(root, file), after);
}

function run(command: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`);
}

function acceptAndTest(tests: readonly string[]): void {
  run('npm', 'run', '--silent', 'accept');
  run('npm', 'run', '--silent', 'check');
  run('npx', 'jest', '--ci', ...tests);
}

it.each(Object.entries(EDITS))('npm test passes after %s and npm run accept', (_, change) => {
  edit(change);
  acceptAndTest(READERS);
});

it('npm test passes after all these edits and npm run accept', () => {
  for (const change of Object.values(EDITS)) edit(change);
  acceptAndTest(QUICK);
});
