import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describeResults, readResults, type Results } from '../../tools/provider-tests/results';
import { REASONS } from '../../tools/provider-tests/suites';

const OUTPUT = `
=== RUN   TestAccPolicy
=== RUN   TestAccPolicy/basic
=== RUN   TestAccPolicy/mql
--- FAIL: TestAccPolicy (3.00s)
    --- PASS: TestAccPolicy/basic (1.00s)
    --- FAIL: TestAccPolicy/mql (2.00s)
=== RUN   TestAccChannel_slack
--- SKIP: TestAccChannel_slack (0.00s)
=== RUN   TestAccChannel_basic
=== PAUSE TestAccChannel_basic
panic: test timed out after 1h0m0s
`;

it('reads the result of each test, and of subtests in place of their parent', () => {
  expect(Object.fromEntries(readResults(OUTPUT))).toEqual({
    'TestAccPolicy/basic': 'pass',
    'TestAccPolicy/mql': 'fail',
    TestAccChannel_slack: 'skip',
    TestAccChannel_basic: 'fail',
  });
});

it('prints a table for all versions, and the failures without a reason', () => {
  const { text, unexpected } = describeResults(
    new Map<string, Results>([
      ['6.50.0', new Map([['TestAccA', 'pass']])],
      [
        '7.45.0',
        new Map([
          ['TestAccA', 'fail'],
          ['TestAccB', 'fail'],
        ]),
      ],
    ]),
    { TestAccB: 'needs a second project' },
  );
  expect(text).toContain('| `TestAccA` | pass | fail |  |');
  expect(text).toContain('| `TestAccB` | none | fail | needs a second project |');
  expect(unexpected).toEqual(['7.45.0 TestAccA failed']);
});

it('knows reasons that hold for one version', () => {
  const { text, unexpected } = describeResults(
    new Map<string, Results>([
      ['6.50.0', new Map([['TestAccA', 'pass']])],
      ['7.45.0', new Map([['TestAccA', 'fail']])],
    ]),
    { 'TestAccA 7.45.0': 'needs Terraform 1.12' },
  );
  expect(text).toContain('| `TestAccA` | pass | fail | 7.45.0 needs Terraform 1.12 |');
  expect(unexpected).toEqual([]);
});

it('reports a test that passes although there is a reason why it cannot', () => {
  const { unexpected } = describeResults(
    new Map<string, Results>([['7.45.0', new Map([['TestAccB', 'pass']])]]),
    { TestAccB: 'needs a second project' },
  );
  expect(unexpected).toEqual([
    '7.45.0 TestAccB passed, although suites.ts has a reason why it cannot',
  ]);
});

it('gives the same reasons as the table in sandbox/README.md', () => {
  const readme = fs.readFileSync(path.join(__dirname, '..', '..', 'sandbox', 'README.md'), 'utf8');
  for (const [key, reason] of Object.entries(REASONS)) {
    const [name = '', version] = key.split(' ');
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` `)) ?? '';
    expect(row).toContain(`| ${[version ?? [], reason].flat().join(' ')} `);
    expect(row).toMatch(/fail|skip/);
  }
  const unexplained = /^\| `Test.*\| (fail|skip) .*\| +\|$/m.exec(readme);
  expect(unexplained).toBeNull();
});

it.each([
  ['without a folder', []],
  ['for an unknown service', ['provider', '--service', 'nonsense']],
  ['for a number of tests that is none', ['provider', '--parallel', '0']],
])('exits with 2 %s', (_, args) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join('lib', 'launch', 'main.js'), 'tools/provider-tests/main.ts', ...args],
    { cwd: path.join(__dirname, '..', '..'), encoding: 'utf8', timeout: 60_000 },
  );
  expect(stderr).toMatch(/^error: /);
  expect(status).toBe(2);
});
