import { PLAIN, render, table } from '../../lib/text/text';
import type { Result } from './benchmark';

/** The results as a table, followed by the reasons for skipped benchmarks. */
export function report(results: readonly Result[]): string {
  const timings = table(
    ['name', 'baseline', 'target', 'median', 'spread', 'absolute', ''],
    results.map((result) => {
      const { name, baseline, unit } = result;
      const target = `${result.target}${UNITS[unit]}`;
      if ('skipped' in result) return [name, baseline, target, '', '', '', 'skipped'];
      const value = (number: number): string => `${number.toFixed(2)}${UNITS[unit]}`;
      return [
        name,
        baseline,
        target,
        value(result.median),
        `${result.min.toFixed(2)} to ${result.max.toFixed(2)}`,
        result.absolute ?? '',
        result.met ? '' : 'missed',
      ];
    }),
  );
  const skipped = results.flatMap((result) =>
    'skipped' in result ? [`Skipped ${result.name}: ${result.skipped}`] : [],
  );
  return [render(timings, PLAIN), ...skipped].join('\n');
}

const UNITS = { times: ' ×', seconds: ' s', MB: ' MB', exponent: '' } as const;
