import { visible } from '../../../lib/text/visible';

const MAX_LENGTH = 300;

/**
 * A value of the plan as code in Markdown. Whatever it contains is never read as Markdown or HTML,
 * stays in its table cell, and notifies no one.
 */
export function quote(value: string): string {
  const cut = value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;
  const shown = visible(cut);
  if (shown === '') return '(empty)';
  if (!/[`|]|^ | $|##/.test(shown)) return `\`${shown}\``;
  // Code spans cannot contain these everywhere, and `##[` is a command to a workflow's runner; entities
  // are never read as Markdown.
  return `<code>${shown.replace(/[^\p{L}\p{N} ]/gu, entity)}</code>`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
