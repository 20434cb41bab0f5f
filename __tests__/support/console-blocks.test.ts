import { consoleBlocks, matches } from './console-blocks';

it('reads commands, their output, and how a block is run', () => {
  const page = [
    '<!-- before: touch a',
    '  b -->',
    '',
    '```console',
    '$ ls',
    'a',
    'b',
    '$ rm \\',
    '  a b',
    '```',
    '',
    '<!-- not run: it needs a desktop -->',
    '```console',
    '$ open .',
    '```',
  ].join('\n');
  expect(consoleBlocks(page)).toEqual([
    {
      line: 4,
      before: ['touch a b'],
      commands: [
        { command: 'ls', output: ['a', 'b'] },
        { command: 'rm \\\n  a b', output: [] },
      ],
    },
    {
      line: 13,
      before: [],
      notRun: 'it needs a desktop',
      commands: [{ command: 'open .', output: [] }],
    },
  ]);
});

it.each([
  [['a', '…', 'd'], 'a\nb\nc\nd\n', true],
  [['…', 'd'], 'd\n', true],
  [['a'], 'a\nb\n', false],
  [['a', 'b'], 'a\n', false],
  [['job … of dev'], 'job clear-sessions of dev\n', true],
  [['job … of dev'], 'job clear-sessions of prod\n', false],
  [['done in 84 ms at 2026-11-26 02:00'], 'done in 7 ms at 2027-01-01 12:34\n', true],
  [['2 jobs'], '3 jobs\n', false],
  [['Waiting …', 'ok'], 'Waiting …\nWaiting … 10 s\nWaiting … took 1 min 12 s\nok\n', true],
  [[' a   │ b'], ' a │ b\n', true],
  [['a (b) [c] $d'], 'a (b) [c] $d\n', true],
])('compares %j with %j: %s', (shown, printed, expected) => {
  expect(matches(shown, printed)).toBe(expected);
});
