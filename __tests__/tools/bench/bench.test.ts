import { resultsOf, type Benchmark, type Row } from '../../../tools/bench/benchmark';
import { missingProgram, ratios, run } from '../../../tools/bench/command';
import { report } from '../../../tools/bench/report';

const ROW: Row = { name: 'list', baseline: 'gcloud', target: 0.4, unit: 'times' };

const benchmark = (values: readonly number[]): Benchmark => ({
  rows: [ROW],
  measure: () => Promise.resolve([{ values, absolute: '1.00 s : 2.00 s' }]),
});

it('reports the median, the spread, and whether the median meets the target', async () => {
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

it('skips every row of a benchmark that cannot be run, with the reason', async () => {
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

it('skips a benchmark whose command fails, with the reason', async () => {
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

it('names missing programs', () => {
  expect(missingProgram('node', 'no-such-program')).toBe('not on the PATH: no-such-program');
  expect(missingProgram('node')).toBeUndefined();
});

it('divides the seconds of two commands, round by round', () => {
  expect(
    ratios([
      [1, 4],
      [3, 4],
      [2, 2],
    ]),
  ).toEqual({ values: [0.25, 0.75, 1], absolute: '2.00 s : 4.00 s' });
});

it('shows which targets were missed, and why benchmarks were skipped', async () => {
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
