import type { PlanBlock, PlanInput } from '../../page/input';
import type { Block, Line, Part } from '../plan-review/document/document';
import { describeReview } from '../plan-review/document/review';
import type { Review } from '../plan-review/review';

/** The review of a plan, for the page. */
export function planOfPage(review: Review): PlanInput {
  // The first is the heading, which the page has itself.
  const [, ...blocks] = describeReview(review);
  return { passed: review.passed, blocks: blocks.map(blockOfPage) };
}

function blockOfPage(block: Block): PlanBlock {
  switch (block.kind) {
    case 'heading':
    case 'title':
      return { kind: 'title', text: textOf(block.text) };
    case 'paragraph':
      return { kind: 'paragraph', text: textOf(block.text) };
    case 'preformatted':
      return block;
    case 'list':
      return { kind: 'list', items: block.items.map(textOf) };
    case 'table':
      return { kind: 'table', head: block.head, rows: block.rows.map((row) => row.map(textOf)) };
  }
}

function textOf(line: Line): string {
  return line.map(partAsText).join('');
}

/** The page escapes everything. */
function partAsText(part: Part): string {
  if (typeof part === 'string') return part;
  if ('value' in part) return part.value;
  if ('strong' in part) return part.strong.value;
  return 'code' in part ? part.code : part.lines.join('\n');
}
