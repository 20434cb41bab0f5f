import fc from 'fast-check';
import stringWidth from 'string-width';
import { PLAIN, render, styled, table } from '../../../lib/text/text';

const ROWS = [
  ['validibot-clear-sessions-dev', 'enabled', 'At 02:00, every day', 'succeeded', ''],
  ['validibot-cleanup-idempotency-keys-dev', 'paused', 'Every 5 minutes', 'never ran', ''],
];
const TABLE = table(['job', 'state', 'schedule', 'result', 'problems'], ROWS);

function at(width: number): string {
  return render(TABLE, { colors: false, width });
}

it('renders a table without its empty last column', () => {
  expect(render(TABLE, PLAIN)).toBe(`\
 job                                    │ state   │ schedule            │ result
 validibot-clear-sessions-dev           │ enabled │ At 02:00, every day │ succeeded
 validibot-cleanup-idempotency-keys-dev │ paused  │ Every 5 minutes     │ never ran`);
});

it('keeps an empty column that is not the last one, and the first one', () => {
  expect(render(table(['a', 'b', 'c'], [['x', '', 'y']]), PLAIN)).toBe(' a │ b │ c\n x │   │ y');
  expect(render(table(['a', 'b'], [['', '']]), PLAIN)).toBe(' a\n');
});

it('wraps cells between words where the table is too wide', () => {
  expect(at(80)).toBe(`\
 job                                    │ state   │ schedule        │ result
 validibot-clear-sessions-dev           │ enabled │ At 02:00, every │ succeeded
                                        │         │ day             │
 validibot-cleanup-idempotency-keys-dev │ paused  │ Every 5 minutes │ never ran`);
});

it('renders each row as a paragraph where words are too long for columns', () => {
  expect(at(60)).toBe(`\
 validibot-clear-sessions-dev
     state: enabled; schedule: At 02:00, every day; result:
     succeeded
 validibot-cleanup-idempotency-keys-dev
     state: paused; schedule: Every 5 minutes; result: never
     ran`);
});

it('keeps a list of two columns on lines, where they are too long for columns', () => {
  const long = 'https://example.com/a/very/long/address/that/no/column/has/room/for';
  const checks = table(
    ['', 'check', ''],
    [
      ['ok', 'job-target', long],
      ['warning', 'x', 'a b'],
    ],
    2,
  );
  expect(render(checks, { colors: false, width: 80 })).toBe(`\
 ok      job-target:
         ${long}
 warning x: a b`);
});

it.each([50, 60, 80, 100, 160])('is never wider than %i columns', (width) => {
  for (const line of at(width).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
});

it('never cuts a word, whatever the table and the width', () => {
  const word = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
  const cell = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, cell, cell), { minLength: 1 }),
      fc.integer({ min: 20, max: 200 }),
      (rows, width) => {
        const shown = render(table(['a', 'b', 'c'], rows), { colors: false, width });
        const words = new Set(shown.split(/[\s│;:]+/));
        for (const each of rows.flat().flatMap((text) => text.split(' '))) {
          expect(words).toContain(each);
        }
        for (const line of shown.split('\n')) {
          const longest = Math.max(
            ...line
              .trim()
              .split(' ')
              .map((part) => part.length),
          );
          expect(line.length).toBeLessThanOrEqual(Math.max(width, 10 + longest));
        }
      },
    ),
  );
});

it('aligns wide characters', () => {
  const lines = render(table(['名前', 'x'], [['a', 'y']]), PLAIN).split('\n');
  expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([9]));
});

it('shows line breaks and control characters of cells', () => {
  const cells = ['a\n::error::b', '\u001B[31mc'];
  expect(render(table(['x', 'y'], [cells]), PLAIN).split('\n')[1]).toBe(
    String.raw` a\n::error::b │ \u{1b}[31mc`,
  );
});

it('wraps text between words, with its indentation', () => {
  const text = '  The worker could not be read, so URIs were not compared with the table.';
  expect(render(text, { colors: false, width: 40 })).toBe(
    '  The worker could not be read, so URIs\n  were not compared with the table.',
  );
});

it('breaks a command so that it stays one command', () => {
  const text =
    'Fix: gcloud scheduler jobs delete some-job --location=europe-west1 --project=my-project';
  const shown = render(text, { colors: false, width: 50 });
  expect(shown).toBe(
    'Fix: gcloud scheduler jobs delete some-job \\\n    --location=europe-west1 --project=my-project',
  );
  expect(shown.replaceAll('\\\n    ', '')).toBe(text);
});

it('shows colors where they are wanted, and never those of a value', () => {
  const text = [styled('red', 'fail\u001B[32mure'), ' x'];
  const shown = String.raw`fail\u{1b}[32mure`;
  expect(render(text, { colors: true })).toBe(`\u001B[31m${shown}\u001B[39m x`);
  expect(render(text, PLAIN)).toBe(`${shown} x`);
});

it('aligns colored cells', () => {
  const colored = table(
    ['a', 'b'],
    [
      [styled('green', 'ok'), 'x'],
      [styled('red', 'failure'), 'y'],
    ],
  );
  // eslint-disable-next-line no-control-regex
  const shown = render(colored, { colors: true }).replace(/\u001B\[\d+m/g, '');
  expect(shown).toBe(' a       │ b\n ok      │ x\n failure │ y');
});
