import { markdownTable } from '../../../lib/markdown-table';
import type { Block, Line, Part } from '../document/document';
import { describeReview } from '../document/review';
import type { Review } from '../review';
import { quote } from './quote';

/** A review as Markdown, for a comment, without a final line break. */
export function reviewInMarkdown(review: Review): string {
  return describeReview(review).map(renderBlock).join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${renderLine(block.text)}`;
    case 'title':
      return `**${renderLine(block.text)}**`;
    case 'paragraph':
      return renderLine(block.text);
    case 'list':
      return block.items.map((item) => `- ${renderLine(item)}`).join('\n');
    case 'preformatted':
      return `\`\`\`text\n${block.text}\n\`\`\``;
    case 'table':
      return markdownTable(
        block.head,
        block.rows.map((row) => row.map(renderLine)),
      );
  }
}

function renderLine(line: Line): string {
  return line.map(renderPart).join('');
}

function renderPart(part: Part): string {
  if (typeof part === 'string') return part;
  if ('value' in part) return quote(part.value);
  if ('strong' in part) return `**${quote(part.strong.value)}**`;
  return 'code' in part ? `\`${part.code}\`` : part.lines.join('<br>');
}
