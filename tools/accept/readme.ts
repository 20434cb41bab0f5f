import { markdownTable } from '../../lib/markdown-table';
import { README_TABLES } from '../../stages/readme-tables';

/**
 * Fills the README's generated tables, between `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
 * `npm run accept` writes them; a test fails if they are out of date.
 */
export function withTables(readme: string): string {
  return Object.entries(README_TABLES).reduce((text, [name, rows]) => {
    const parts = new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`).exec(text);
    if (parts === null)
      throw new Error(
        `README.md has no place for the table ${name}.\nFix: add the lines <!-- ${name}:begin --> and <!-- ${name}:end -->.`,
      );
    const [whole, begin = '', end = ''] = parts;
    const [head = [], ...cells] = rows();
    return text.replace(whole, `${begin}\n\n${markdownTable(head, cells)}\n\n${end}`);
  }, readme);
}
