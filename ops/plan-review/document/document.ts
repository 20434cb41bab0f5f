import { visible } from '../../../lib/text/visible';

/**
 * A review as people read it, before it is Markdown or text for a terminal. Values of the plan may
 * contain anything, so each output quotes them in its own way.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly text: Line; readonly tone?: Tone }
  | { readonly kind: 'paragraph'; readonly text: Line }
  | { readonly kind: 'title'; readonly text: Line; readonly tone?: Tone }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  /** Our own text, whose columns are aligned. */
  | { readonly kind: 'preformatted'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly Line[][] };

/** Whether something is as it should be. */
export type Tone = 'good' | 'doubtful' | 'bad';

/** A line of text; its parts follow each other. */
export type Line = readonly Part[];

export type Part =
  | string
  /** From the plan. */
  | { readonly value: string }
  /** What the line is about. */
  | { readonly strong: { readonly value: string } }
  /** Our own, to be typed as it is: `--allow stop`. */
  | { readonly code: string }
  /** Several lines in one cell. */
  | { readonly lines: readonly string[] };

const MAX_LENGTH = 300;

/** A value of the plan, shortened and without what a terminal would act on. */
export function visibleValue(value: string): string {
  return visible(value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value);
}

/** Parts with a comma between them. */
export function commaSeparated(parts: readonly Part[]): Line {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}
