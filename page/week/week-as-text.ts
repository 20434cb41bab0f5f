import { wallClock } from '@scheduled-jobs/constructs/core/schedule';
import type { Row, Week } from './model';

/** A job's week, and its heading. */
export interface TitledRow {
  /** At most as wide as a day's hours: 24 characters. */
  readonly title: string;
  readonly row: Row;
}

const HOURS = 24;
const LABEL = 'Thu 26 Nov'.length;
const GAP = '   ';
const SCALE = '0     6     12    18    ';

/** What stands for an hour, besides a digit. */
const MEANINGS: Readonly<Record<string, string>> = {
  '+': 'more than 9 runs',
  x: 'skipped: the clocks go forward',
  d: 'doubled: the clocks go back',
};

/**
 * The scheduled runs of a week as plain text: a line for each day, a character for each hour, and the
 * given rows beside each other. All characters are its own; only titles come from outside.
 */
export function weekAsText({ days, timeZone }: Week, rows: readonly TitledRow[]): string {
  const grids = rows.map(({ row }) => hoursOf(row, timeZone));
  const indent = ' '.repeat(LABEL);
  const lines = [
    [indent, ...rows.map(({ title }) => title.padEnd(HOURS))],
    [indent, ...rows.map(() => SCALE)],
    ...days.map(({ label, from }) => {
      const date = wallClock(timeZone, from).slice(0, 10);
      return [label.padEnd(LABEL), ...grids.map((hours) => line(hours, date))];
    }),
  ].map((parts) => parts.join(GAP).trimEnd());
  const used = Object.keys(MEANINGS).filter((symbol) =>
    grids.some((hours) => [...hours.values()].includes(symbol)),
  );
  const legend = used.map((symbol) => `${symbol} ${MEANINGS[symbol] ?? ''}`);
  return [...lines, ...(legend.length > 0 ? [legend.join('; ')] : [])].join('\n');
}

function line(hours: ReadonlyMap<string, string>, date: string): string {
  return Array.from({ length: HOURS }, (_, hour) => hours.get(keyOf(date, hour)) ?? '·').join('');
}

/** A symbol for each hour with runs, by date and hour in the week's time zone. */
function hoursOf({ runs }: Row, timeZone: string): Map<string, string> {
  const counts = new Map<string, number>();
  const special = new Map<string, string>();
  for (const { at, kind, wallTime } of runs) {
    // A skipped time has no instant; its own wall clock says where it would have been.
    const wall = kind === 'skipped' ? wallTime : wallClock(timeZone, at);
    const key = wall.slice(0, 13);
    if (kind === 'run') counts.set(key, (counts.get(key) ?? 0) + 1);
    else special.set(key, kind === 'skipped' ? 'x' : 'd');
  }
  const symbols = [...counts].map(([key, count]): [string, string] => [
    key,
    count > 9 ? '+' : String(count),
  ]);
  return new Map([...symbols, ...special]);
}

function keyOf(date: string, hour: number): string {
  return `${date} ${String(hour).padStart(2, '0')}`;
}
