import { inspect } from 'node:util';
import { renderRows, type Row } from './layout';
import { visible, visibleLines, withoutCommands } from './visible';
import { wrapLine } from './wrap';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Text in a color or a weight, where those are shown. */
export interface Styled {
  readonly style: Style;
  readonly text: string;
}

export type Cell = string | Styled;

/** Rows below column names. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many leading columns say what a row is about. @default 1 */
  readonly keys?: number;
}

/** Text that is not rendered yet; a list is its parts, one after the other. */
export type Text = string | Styled | Table | readonly Text[];

/** Where text is shown. */
export interface Look {
  readonly colors: boolean;
  /** Columns. @default - lines are never wrapped */
  readonly width?: number;
}

/** Without colors, and as wide as it gets: a pipe, a file. */
export const PLAIN: Look = { colors: false };

export function styled(style: Style, text: string): Styled {
  return { style, text };
}

/** A table without borders. Line breaks in cells are shown as `\n`. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  keys?: number,
): Table {
  return { head, rows, keys };
}

/**
 * Renders text: wrapped between words if it is too wide, and harmless whatever values it contains.
 */
export function render(text: Text, look: Look): string {
  const rendered = renderPart(text, look);
  const { width } = look;
  const lines = width === undefined ? rendered : wrapLines(rendered, width);
  return withoutCommands(lines);
}

function renderPart(part: Text, look: Look): string {
  if (typeof part === 'string') return visibleLines(part);
  if ('style' in part) return paint(part.style, visibleLines(part.text), look);
  if ('rows' in part) return renderTable(part, look);
  return part.map((each) => renderPart(each, look)).join('');
}

function renderTable({ head, rows, keys = 1 }: Table, look: Look): string {
  const cells = (row: readonly Cell[]): Row =>
    row.map((cell) => {
      const { text, style } = typeof cell === 'string' ? { text: cell, style: undefined } : cell;
      const shown = (line: string): string =>
        style === undefined ? line : paint(style, line, look);
      return { text: visible(text), paint: shown };
    });
  const names = head.map((name) => ({
    text: name,
    paint: (line: string) => paint('bold', line, look),
  }));
  return renderRows(names, rows.map(cells), { keys, width: look.width });
}

function paint(style: Style, text: string, { colors }: Look): string {
  if (!colors || text === '') return text;
  const [on, off] = inspect.colors[style] ?? [];
  return `\u001B[${on}m${text}\u001B[${off}m`;
}

function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n');
}
