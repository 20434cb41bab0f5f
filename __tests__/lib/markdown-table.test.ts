import MarkdownIt from 'markdown-it';
import { markdownTable } from '../../lib/markdown-table';

it('renders as a table in Markdown', () => {
  const table = markdownTable(
    ['a', ''],
    [
      ['1', '`x`'],
      ['', '**2**'],
    ],
  );
  const cells = [...new MarkdownIt().render(table).matchAll(/<t[hd]>(.*?)<\/t[hd]>/g)];
  expect(cells.map(([, cell]) => cell)).toEqual([
    'a',
    '',
    '1',
    '<code>x</code>',
    '',
    '<strong>2</strong>',
  ]);
});
