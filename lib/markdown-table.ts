/**
 * A table in Markdown. Cells are written as they are: whoever has text that is not Markdown quotes
 * it first, or a `|` in it ends its cell.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
