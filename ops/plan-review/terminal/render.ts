import { styled, table, type Cell, type Style, type Text } from '../../../lib/text/text';
import { visibleValue, type Block, type Line, type Part, type Tone } from '../document/document';
import { describeReview } from '../document/review';
import type { Review } from '../review';

const COLORS: Readonly<Record<Tone, Style>> = { good: 'green', doubtful: 'yellow', bad: 'red' };

/** A review as text for a terminal, without a final line break. */
export function reviewAsText(review: Review): Text {
  return describeReview(review).map((block, index) => [
    index === 0 ? '' : '\n\n',
    renderBlock(block),
  ]);
}

function renderBlock(block: Block): Text {
  switch (block.kind) {
    case 'heading':
    case 'title':
      return styled(block.tone === undefined ? 'bold' : COLORS[block.tone], plain(block.text));
    case 'paragraph':
      return block.text.map((part) =>
        typeof part !== 'string' && 'strong' in part
          ? styled('bold', renderPart(part))
          : renderPart(part),
      );
    case 'list':
      return block.items
        .map((item) => `- ${plain(item)}`)
        .map((item, index) => (index === 0 ? item : `\n${item}`));
    case 'preformatted':
      return block.text;
    case 'table':
      return table(
        block.head,
        block.rows.map((row) => row.map((cell): Cell => plain(cell))),
      );
  }
}

function plain(line: Line): string {
  return line.map(renderPart).join('');
}

function renderPart(part: Part): string {
  if (typeof part === 'string') return part;
  if ('value' in part) return quoteForTerminal(part.value);
  if ('strong' in part) return quoteForTerminal(part.strong.value);
  if ('code' in part) return part.code;
  // A date and its time stay together.
  return part.lines.map((line) => line.replaceAll(' ', '\u00A0')).join(', ');
}

/** In quotes, unless it is one word, so that a value cannot be mistaken for what the review says. */
function quoteForTerminal(value: string): string {
  const shown = visibleValue(value);
  return /^[\w@%+=:,./*-]+$/.test(shown) ? shown : `"${shown}"`;
}
