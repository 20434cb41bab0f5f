import stringWidth from 'string-width';
import { stripVTControlCharacters } from 'node:util';

/** A command that a person copies: a line break in it needs a backslash. */
const COMMAND = /^\s*(?:Fix: )?(?:\$ )?(?:just|gcloud|terraform|npm|export|node|rm|unset) /;

/**
 * Wraps a line of text between words; further lines are indented like the first one. A word that is
 * too long stays whole. A line that is a shell command stays one command.
 */
export function wrapLine(line: string, width: number): string[] {
  if (stringWidth(line) <= width) return [line];
  const [indent = ''] = /^\s*(?:- )?/.exec(line) ?? [];
  const hanging = ' '.repeat(indent.length);
  const rest = line.slice(indent.length);
  if (!COMMAND.test(stripVTControlCharacters(line))) {
    return wrapWords(rest, width - indent.length).map(
      (words, index) => `${index === 0 ? indent : hanging}${words}`,
    );
  }
  const lines = wrapWords(rest, width - indent.length - 6);
  return lines.map((words, index) => {
    const start = index === 0 ? indent : `${hanging}    `;
    return `${start}${words}${index === lines.length - 1 ? '' : ' \\'}`;
  });
}

/** Splits text into lines that are not wider than `width`, unless a word is. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let current: string | undefined;
  for (const word of text.split(' ')) {
    const longer = current === undefined ? word : `${current} ${word}`;
    if (current !== undefined && stringWidth(longer) > width) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current ?? ''];
}
