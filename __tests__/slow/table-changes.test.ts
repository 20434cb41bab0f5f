import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { projectCopy } from '../support/project-copy';

/**
 * The promise of "Add a job" in the README: after an edit of the table, `npm run accept` makes
 * `npm test` pass. Each edit is made in a copy of the project. End-to-end tests are left out.
 */

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

const EDITS: Readonly<Record<string, Edit>> = {
  'a changed schedule': [JOBS, "schedule: '0 2 * * *'", "schedule: '30 4 * * MON-FRI'"],
  'a job more': added('my-cleanup'),
  'a job less': [JOBS, / {2}'cleanup-callback-receipts': \{[^}]*\},\n/, ''],
  'a renamed job': [JOBS, /clear-sessions/g, 'remove-sessions'],
  'an override in a stage': [
    STAGES,
    /( {2}dev: \{)/,
    "$1 jobs: { 'clear-sessions': { schedule: '0 6 * * *', paused: true } },",
  ],
  'a stage more': [STAGES, / {2}prod: \{/, "  qa: { alerts: { severity: 'WARNING' } },\n$&"],
  'four jobs more': added('first-job', 'second-job', 'third-job', 'fourth-job'),
};

/** Constructs do not know the table, and the copy is no git repository. */
const QUICK = ['/e2e/', '/slow/', '/__tests__/constructs/', '/tools/folders'].flatMap((pattern) => [
  '--testPathIgnorePatterns',
  pattern,
]);

const root = projectCopy();

function run(command: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`);
}

/** The files that edits and `npm run accept` change. */
const FOLDERS = ['stages', '__tests__', '.github', 'README.md'];
const before = path.join(root, 'node_modules', '.cache', 'before');
for (const name of FOLDERS)
  fs.cpSync(path.join(root, name), path.join(before, name), { recursive: true });

afterEach(() => {
  for (const name of FOLDERS) {
    fs.rmSync(path.join(root, name), { recursive: true });
    fs.cpSync(path.join(before, name), path.join(root, name), { recursive: true });
  }
});

it.each(Object.entries(EDITS))('%s passes after npm run accept', (_, [file, pattern, text]) => {
  const source = fs.readFileSync(path.join(root, file), 'utf8');
  const edited = source.replace(pattern, text);
  expect(edited).not.toBe(source);
  fs.writeFileSync(path.join(root, file), edited);

  run('npx', 'oxfmt', 'stages');
  run('npm', 'run', '--silent', 'accept');
  run('npm', 'run', '--silent', 'check');
  run('npx', 'jest', '--ci', ...QUICK);
});
