import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { quote } from '../../../ops/plan-review/markdown/quote';

const markdown = new MarkdownIt({ html: true, linkify: true });

/** The text and the elements of a rendered page. */
function rendered(source: string): { text: string; elements: string[] } {
  const html = markdown.render(source);
  const elements = [...html.matchAll(/<(\/?[a-z0-9]+)/gi)].map(([, name]) => name ?? '');
  const text = html.replace(/<[^>]*>/g, '');
  const decoded = text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return { text: decoded, elements };
}

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('`', '|', '<', '>', '@', '\\', '*', '_', '[', ']', '&', 'a', ' ', '``'))
    .map((parts) => parts.join('')),
  fc.constantFrom('<script>', '<!-- ', '@octocat', '#12', '&lt;', '&#124;', '\\|', '` | `', '~~~'),
);

it('keeps any value in its table cell, as code only', () => {
  fc.assert(
    fc.property(nasty, nasty, (one, two) => {
      const source = `| a | b |\n| --- | --- |\n| ${quote(one)} | ${quote(two)} |`;
      const { elements } = rendered(source);
      const others = elements.filter(
        (name) => !/^\/?(table|thead|tbody|tr|th|td|code)$/.test(name),
      );
      expect(others).toEqual([]);
      expect(elements.filter((name) => name === 'td')).toHaveLength(2);
      expect(elements.filter((name) => name === 'tr')).toHaveLength(2);
    }),
    { numRuns: 3000 },
  );
});

it('shows each character of a printable value', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~][ -~]{0,60}[!-~]$/), (value) => {
      expect(rendered(`x ${quote(value)} y`).text).toBe(`x ${value} y\n`);
    }),
    { numRuns: 2000 },
  );
});

it('puts mentions, issues and links in code, where they notify no one', () => {
  for (const value of ['@octocat', '#12', 'https://example.com', 'a | @octocat `b`']) {
    const tokens = markdown.parseInline(quote(value), {});
    const html = markdown.render(quote(value)).trim();
    expect(tokens).toHaveLength(1);
    expect(html).toMatch(/^<p><code>.*<\/code><\/p>$/);
    expect(html).not.toContain('<a ');
  }
});

it.each([
  ['0 2 * * *', '`0 2 * * *`'],
  ['', '(empty)'],
  ['a|b', '<code>a&#124;b</code>'],
  ['`a`', '<code>&#96;a&#96;</code>'],
  ['two\nlines', '`two\\nlines`'],
  ['right\u202eleft', '`right\\u{202e}left`'],
  [' starts with a space', '<code> starts with a space</code>'],
])('quotes %j', (value, expected) => {
  expect(quote(value)).toBe(expected);
});

it('truncates long values', () => {
  expect(quote('x'.repeat(301))).toBe(`\`${'x'.repeat(300)}…\``);
});
