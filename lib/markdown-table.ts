/**
 * A table in Markdown. Cells are not escaped: the caller escapes text that is not Markdown, or a `|`
 * in it ends its cell.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
