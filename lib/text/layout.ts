import stringWidth from 'string-width';
import { wrapLine, wrapWords } from './wrap';

export interface LaidOutCell {
  readonly text: string;
  /** Adds a color to a part of the text. */
  readonly paint: (line: string) => string;
}

export type Row = readonly LaidOutCell[];

export interface Layout {
  /** How many leading columns say what a row is about. */
  readonly keys: number;
  /** Columns of the terminal. @default - as wide as the table gets */
  readonly width: number | undefined;
}

const SEPARATOR = ' │ ';

/**
 * A line of column names and one line per row. Where that is too wide, the widest columns are wrapped
 * between words; where words are too long for that, each row becomes a paragraph.
 */
export function renderRows(head: Row, rows: readonly Row[], { keys, width }: Layout): string {
  const columns = head.length - trailingEmpty(head, rows);
  const names = head.slice(0, columns);
  const cells = rows.map((row) => row.slice(0, columns));
  const widths = fit([names, ...cells], columns, width);
  if (widths === undefined) return paragraphs(names, cells, keys, width ?? 0);
  return [names, ...cells].flatMap((row) => renderRow(row, widths)).join('\n');
}

/** How many columns at the end are empty in all rows. */
function trailingEmpty(head: Row, rows: readonly Row[]): number {
  if (rows.length === 0) return 0;
  const last = head.findLastIndex((_, column) =>
    rows.some((row) => (row[column]?.text ?? '') !== ''),
  );
  return head.length - Math.max(last + 1, 1);
}

/** The widths of the columns; undefined if the table cannot be made narrow enough. */
function fit(
  rows: readonly Row[],
  columns: number,
  width: number | undefined,
): number[] | undefined {
  const widest = (of: (text: string) => number): number[] =>
    Array.from({ length: columns }, (_, column) =>
      Math.max(...rows.map((row) => of(row[column]?.text ?? ''))),
    );
  const widths = widest(stringWidth);
  if (width === undefined) return widths;
  const least = widest((text) => Math.max(...text.split(' ').map((word) => stringWidth(word))));
  const total = width - 1 - SEPARATOR.length * (columns - 1);
  if (sum(least) > total) return undefined;
  while (sum(widths) > total) {
    const shrinkable = widths.map((each, column) => (each > (least[column] ?? 0) ? each : 0));
    const column = shrinkable.indexOf(Math.max(...shrinkable));
    widths[column] = (widths[column] ?? 0) - 1;
  }
  // Lines end between words, so a column may be narrower than its room.
  return widths.map((room, column) =>
    Math.max(
      ...rows
        .flatMap((row) => wrapWords(row[column]?.text ?? '', room))
        .map((line) => stringWidth(line)),
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function renderRow(row: Row, widths: readonly number[]): string[] {
  const cells = widths.map((width, column) => wrapWords(row[column]?.text ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const parts = widths.map((width, column) => {
      const line = cells[column]?.[index] ?? '';
      const isLast = column === widths.length - 1;
      return `${row[column]?.paint(line) ?? line}${isLast ? '' : pad(line, width)}`;
    });
    return ` ${parts.join(SEPARATOR)}`.trimEnd();
  });
}

/**
 * Each row as a paragraph: what it is about, and below it the rest, with names. If the rest is one
 * column, it follows on the same line.
 */
function paragraphs(head: Row, rows: readonly Row[], keys: number, width: number): string {
  const isList = head.length === keys + 1;
  const padding =
    keys === 1 ? 0 : Math.max(...rows.map(([first]) => stringWidth(first?.text ?? '')));
  return rows
    .flatMap((row) => {
      const about = row
        .slice(0, keys)
        .map(({ text, paint }, column) => `${paint(text)}${column === 0 ? pad(text, padding) : ''}`)
        .filter((text) => text.trim() !== '')
        .join(' ');
      const rest = row
        .map(({ text, paint }, column) => ({ text, shown: paint(text), name: head[column]?.text }))
        .slice(keys)
        .filter(({ text }) => text !== '')
        .map(({ shown, name }) => (isList || !name ? shown : `${name}: ${shown}`));
      if (isList) return hang([about, ...rest].join(': '), keys === 1 ? 4 : padding + 1, width);
      return [
        ` ${about}`,
        ...(rest.length === 0 ? [] : wrapLine(`     ${rest.join('; ')}`, width)),
      ];
    })
    .join('\n');
}

function pad(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Wraps text whose further lines are indented. */
function hang(text: string, indent: number, width: number): string[] {
  return wrapWords(text, width - indent - 1).map((line, index) =>
    index === 0 ? ` ${line}` : ` ${' '.repeat(indent)}${line}`,
  );
}
