import { renderTable } from '../../lib/table';
import type { Result } from './benchmark';

/** The results for people: a line each, then the reasons of those that were not measured. */
export function report(results: readonly Result[]): string {
  const table = renderTable(
    ['what', 'yardstick', 'aim', 'median', 'spread', 'behind it', ''],
    results.map((result) => {
      const { what, yardstick, atMost, unit } = result;
      const aim = `${atMost}${UNITS[unit]}`;
      if ('skipped' in result) return [what, yardstick, aim, '', '', '', 'skipped'];
      const value = (number: number): string => `${number.toFixed(2)}${UNITS[unit]}`;
      return [
        what,
        yardstick,
        aim,
        value(result.median),
        `${result.least.toFixed(2)} to ${result.most.toFixed(2)}`,
        result.behind ?? '',
        result.met ? '' : 'missed',
      ];
    }),
  );
  const skipped = results.flatMap((result) =>
    'skipped' in result ? [`${result.what} was skipped: ${result.skipped}`] : [],
  );
  return [table, ...skipped].join('\n');
}

const UNITS = { times: ' ×', seconds: ' s', exponent: '' } as const;
