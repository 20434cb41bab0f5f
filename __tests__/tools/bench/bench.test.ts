import { resultsOf, type Benchmark, type Row } from '../../../tools/bench/benchmark';
import { missingProgram, ratios, run } from '../../../tools/bench/command';
import { report } from '../../../tools/bench/report';

const ROW: Row = { name: 'list', baseline: 'gcloud', target: 0.4, unit: 'times' };

const benchmark = (values: readonly number[]): Benchmark => ({
  rows: [ROW],
  measure: () => Promise.resolve([{ values, absolute: '1.00 s : 2.00 s' }]),
});

test('a line has the median, the spread, and whether the median keeps to the aim', async () => {
  expect(await resultsOf(benchmark([0.9, 0.3, 0.4]), 3)).toEqual([
    {
      ...ROW,
      median: 0.4,
      min: 0.3,
      max: 0.9,
      rounds: 3,
      absolute: '1.00 s : 2.00 s',
      met: true,
    },
  ]);
  expect(await resultsOf(benchmark([0.25, 0.75]), 2)).toMatchObject([{ median: 0.5, met: false }]);
});

test('what is missing is a reason for every line, and nothing is run', async () => {
  const measure = jest.fn();
  const results = await resultsOf(
    { rows: [ROW, ROW], missing: () => 'not on the PATH: gcloud', measure },
    3,
  );
  expect(results).toEqual([
    { ...ROW, skipped: 'not on the PATH: gcloud' },
    { ...ROW, skipped: 'not on the PATH: gcloud' },
  ]);
  expect(measure).not.toHaveBeenCalled();
});

test('a command that fails is a reason, not a figure', async () => {
  const results = await resultsOf(
    {
      rows: [ROW],
      measure: async () => {
        const { seconds } = await run(['node', '-e', 'console.error("broken"); process.exit(3)']);
        return [{ values: [seconds] }];
      },
    },
    1,
  );
  expect(results).toEqual([
    { ...ROW, skipped: expect.stringMatching(/^failed: node -e .*: broken$/) as unknown },
  ]);
});

test('a program that is not there is named', () => {
  expect(missingProgram('node', 'no-such-program')).toBe('not on the PATH: no-such-program');
  expect(missingProgram('node')).toBeUndefined();
});

test('seconds of two commands become ratios, round by round', () => {
  expect(
    ratios([
      [1, 4],
      [3, 4],
      [2, 2],
    ]),
  ).toEqual({ values: [0.25, 0.75, 1], absolute: '2.00 s : 4.00 s' });
});

test('the table says which aims were missed, and why lines were skipped', async () => {
  const skipping: Benchmark = { rows: [ROW], missing: () => 'no gcloud', measure: jest.fn() };
  const results = [
    ...(await resultsOf(benchmark([0.3]), 1)),
    ...(await resultsOf(benchmark([0.5]), 1)),
    ...(await resultsOf(skipping, 1)),
  ];
  const lines = report(results)
    .split('\n')
    .map((line) => line.split('│').map((cell) => cell.trim()));
  expect(lines).toEqual([
    ['name', 'baseline', 'target', 'median', 'spread', 'absolute', ''],
    ['list', 'gcloud', '0.4 ×', '0.30 ×', '0.30 to 0.30', '1.00 s : 2.00 s', ''],
    ['list', 'gcloud', '0.4 ×', '0.50 ×', '0.50 to 0.50', '1.00 s : 2.00 s', 'missed'],
    ['list', 'gcloud', '0.4 ×', '', '', '', 'skipped'],
    ['Skipped list: no gcloud'],
  ]);
});
