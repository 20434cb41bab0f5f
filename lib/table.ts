import CliTable from 'cli-table3';

/** A table without borders, for terminals: a line of column names, then one line per row. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new CliTable({
    head: [...head],
    style: { head: [], border: [], compact: true },
    chars: BORDERLESS,
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

const BORDERLESS = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((side) => [side, '']),
);
