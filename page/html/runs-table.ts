import { formatDuration } from '@scheduled-jobs/constructs/core/format-duration';
import { daysBetween } from '../week/days';
import type { Mark, Row, Week } from '../week/model';
import { formatTime } from './format';
import { html, type Html } from './html';
import { tableOf, type Column } from './table';

const COLUMNS: readonly Column[] = [
  { title: 'Job', isHeader: true },
  { title: 'When' },
  { title: 'What' },
  { title: 'Length' },
];

/** What a picture shows, as a table: each run of a job, or each day of one that runs often. */
export function runsTable(week: Week, caption: string): Html {
  return tableOf(
    caption,
    COLUMNS,
    week.rows.flatMap((row) => rowsOf(row, week)),
  );
}

function rowsOf(row: Row, week: Week): Html[][] {
  const name = html`${row.job.name}`;
  const pauses = row.pauses.map(({ from, until, reason }) => [
    name,
    html`${formatTime(week.timeZone, from)} to ${formatTime(week.timeZone, until)}`,
    html`paused: ${reason}`,
    html``,
  ]);
  const runs =
    row.cells.length > 0
      ? daysOf(row, week).map((cells) => [name, ...cells])
      : row.marks.map((mark) => [name, ...cellsOf(mark, week)]);
  return pauses.length + runs.length > 0
    ? [...pauses, ...runs]
    : [[name, html``, html`no runs`, html``]];
}

function cellsOf({ at, text, seconds }: Mark, { timeZone }: Week): Html[] {
  const length = seconds === undefined ? '' : formatDuration(seconds);
  return [html`${formatTime(timeZone, at)}`, html`${text}`, html`${length}`];
}

function daysOf({ cells }: Row, week: Week): Html[][] {
  return daysBetween(week.timeZone, week.from, week.until).flatMap((day) => {
    const ofDay = cells.filter(({ from }) => from >= day.from && from < day.until);
    const total = (key: 'due' | 'ok' | 'failed'): number =>
      ofDay.reduce((sum, cell) => sum + cell[key], 0);
    const lengths = ofDay.flatMap(({ longest }) => longest ?? []);
    const [due, ok, failed] = [total('due'), total('ok'), total('failed')];
    if (due + ok + failed === 0) return [];
    const ran = ok + failed === 0 ? '' : `, ${ok} succeeded, ${failed} failed`;
    return [
      [
        html`${day.label}`,
        html`${due} due${ran}`,
        html`${lengths.length === 0 ? '' : `at most ${formatDuration(Math.max(...lengths))}`}`,
      ],
    ];
  });
}
