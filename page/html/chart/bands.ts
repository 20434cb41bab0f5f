import { lengthOfDeadline, formatTime } from '../format';
import { html, type Html } from '../html';
import { expectedFrom } from '../../week/history';
import type { Cell, Row, Week } from '../../week/model';
import { heightOf, placeIn, TRACK, widthIn } from './scale';
import { isSlowRun } from './marks';

/** Neighboring hours that look the same. */
interface Band extends Cell {
  readonly kind: 'past' | 'planned' | 'nothing';
  /** Heights in pixels: of successes, of failures, and of the longest run. */
  readonly ok: number;
  readonly failed: number;
  readonly counts: Pick<Cell, 'ok' | 'failed' | 'due'>;
  readonly length: number;
  readonly slow: boolean;
}

/** A job that runs often: its hours, with neighbors that look the same as one. */
export function bandsInSvg(row: Row, week: Week): Html[] {
  const place = placeIn(week);
  return bandsOf(row, week).map((band) => {
    if (band.kind === 'nothing') return html``;
    const x = place(band.from);
    const width = widthIn(week, band);
    const part = (name: string, y: number, height: number): Html | undefined =>
      height === 0
        ? undefined
        : html`<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}" />`;
    const title = html`<title>${describeBand(band, row, week)}</title>`;
    if (band.kind === 'planned') {
      const isWide =
        band.until.getTime() - band.from.getTime() >
        (week.until.getTime() - week.from.getTime()) / 4;
      return html`<g class="b planned"
        >${title}${part('box', 0.5, TRACK - 1)}${
          isWide ? html`<text x="${x}" dx="7" y="17">${rateOf(band)}</text>` : undefined
        }</g
      >`;
    }
    const { failed, ok } = band;
    return html`<g class="b ${band.slow ? 'slow' : ''}"
      >${title}${part('box', TRACK - ok, ok)}${part('fill', TRACK - band.length, band.length)}${part(
        'bad',
        TRACK - ok - failed,
        failed,
      )}${part('gap', 0, TRACK - ok - failed)}${
        failed === 0
          ? undefined
          : html`<svg x="${x}" overflow="visible"><path class="pointer" d="M-4-8h8L0-1.5z" /></svg>`
      }</g
    >`;
  });
}

function bandsOf(row: Row, week: Week): Band[] {
  const bands: Band[] = [];
  for (const cell of row.cells) {
    const band = look(cell, row, week);
    const last = bands.at(-1);
    const isSame =
      last !== undefined &&
      (['kind', 'ok', 'failed', 'length', 'slow'] as const).every((key) => last[key] === band[key]);
    if (!isSame) {
      bands.push(band);
      continue;
    }
    bands[bands.length - 1] = {
      ...last,
      until: band.until,
      counts: {
        ok: last.counts.ok + cell.ok,
        failed: last.counts.failed + cell.failed,
        due: last.counts.due + cell.due,
      },
      longest: Math.max(last.longest ?? 0, cell.longest ?? 0),
    };
  }
  return bands;
}

function look(cell: Cell, { job }: Row, week: Week): Band {
  const { ok, failed, open, due, longest } = cell;
  const counts = { ok, failed, due };
  const nothing = { ...cell, counts, ok: 0, failed: 0, length: 0, slow: false };
  const ran = ok + failed + open;
  if (ran === 0 && due === 0) return { ...nothing, kind: 'nothing' };
  // The hour that is now is shown by what ran in it, or else as planned.
  const isOver = cell.until <= week.now;
  if (ran === 0 && !isOver) return { ...nothing, kind: 'planned' };
  const expected = expectedFrom(job, week);
  const isExpected = expected !== undefined && cell.from >= expected && isOver;
  if (ran === 0 && !isExpected) return { ...nothing, kind: 'nothing' };
  // Where a run of the hour may have been logged in the next one, none is missing.
  const whole = isExpected && due - ran > 1 ? due : ran;
  const bad = failed === 0 ? 0 : Math.max(4, Math.round((failed / whole) * TRACK));
  const good = Math.min(TRACK - bad, Math.round(((ok + open) / whole) * TRACK));
  const length = ok === 0 ? 0 : Math.min(good, heightOf(longest, job.deadlineSeconds));
  return {
    ...cell,
    counts,
    ...{ kind: 'past', ok: good, failed: bad, length },
    slow: longest !== undefined && isSlowRun(longest, job),
  };
}

/** `12 runs an hour` */
function rateOf({ from, until, counts }: Band): string {
  const perHour = counts.due / ((until.getTime() - from.getTime()) / 3_600_000);
  if (perHour < 0.75) return `a run every ${Math.round(1 / perHour)} hours`;
  const rounded = Math.round(perHour);
  return rounded === 1 ? '1 run an hour' : `${rounded} runs an hour`;
}

function describeBand(band: Band, { job }: Row, { timeZone }: Week): string {
  const when = `${formatTime(timeZone, band.from)} to ${formatTime(timeZone, band.until)}`;
  const { ok, failed, due } = band.counts;
  if (band.kind === 'planned') return `${when}: ${due} runs planned`;
  const longest =
    band.longest === undefined
      ? ''
      : `; the longest took ${lengthOfDeadline(band.longest, job.deadlineSeconds)}`;
  return `${when}: ${due} due, ${ok} succeeded, ${failed} failed${longest}`;
}
