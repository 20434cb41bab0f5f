import { reviewInMarkdown } from './plan-review/markdown/render';
import type { Review } from './plan-review/review';
import { reviewAsText } from './plan-review/terminal/render';
import { write, type Terminal } from './terminal';

/**
 * Prints a review: as text to a terminal, as Markdown elsewhere.
 *
 * @param markdown - which of the two. @default - depends on the stream
 */
export function printReview(
  terminal: Terminal,
  stream: NodeJS.WriteStream,
  review: Review,
  markdown = !stream.isTTY,
): void {
  if (markdown) write(terminal, stream, `${reviewInMarkdown(review)}\n`, { wraps: false });
  else write(terminal, stream, [reviewAsText(review), '\n']);
}
