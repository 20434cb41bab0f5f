import { markdownTable } from '../../lib/markdown-table';
import { ACCESS_TABLES } from '../../ci/access/tables';
import { TABLES } from '../../stages/tables';
import { SETTINGS } from '../../stages/settings-table';
import { OF_RECIPES, OF_WORKFLOWS, variableRows } from './variables';

/** The files with generated tables, and their tables by name. */
export const FILES_WITH_TABLES: Readonly<Record<string, Tables>> = {
  'README.md': { jobs: TABLES.jobs },
  'docs/alerts.md': { alerts: TABLES.alerts },
  'docs/schedules.md': { cron: TABLES.cron },
  'docs/settings.md': {
    settings: () => variableRows(settings()),
    recipes: () => variableRows(OF_RECIPES),
    workflows: () => variableRows(OF_WORKFLOWS),
  },
  'docs/hcp-terraform.md': ACCESS_TABLES,
};

type Tables = Readonly<Record<string, () => string[][]>>;

function settings() {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, [fallback, meaning]]) => [
      name,
      { default: fallback, meaning },
    ]),
  );
}

/**
 * Fills a file's generated tables, between `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
 * `npm run accept` writes them; a test fails if they are out of date.
 */
export function withTables(file: string, content: string): string {
  return Object.entries(FILES_WITH_TABLES[file] ?? {}).reduce((text, [name, rows]) => {
    const parts = new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`).exec(text);
    if (parts === null)
      throw new Error(
        `${file} has no place for the table ${name}.\nFix: add the lines <!-- ${name}:begin --> and <!-- ${name}:end -->.`,
      );
    const [whole, begin = '', end = ''] = parts;
    const [head = [], ...cells] = rows();
    return text.replace(whole, () => `${begin}\n\n${markdownTable(head, cells)}\n\n${end}`);
  }, content);
}
