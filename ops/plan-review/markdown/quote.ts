import { visibleValue } from '../document/document';

/**
 * A value of the plan as code in Markdown. Whatever it contains is never read as Markdown or HTML,
 * stays in its table cell, and notifies no one.
 */
export function quote(value: string): string {
  const shown = visibleValue(value);
  if (shown === '') return '(empty)';
  if (!/[`|]|^ | $|##/.test(shown)) return `\`${shown}\``;
  // Code spans cannot contain these everywhere, and `##[` is a command to a workflow's runner; entities
  // are never read as Markdown.
  return `<code>${shown.replace(/[^\p{L}\p{N} ]/gu, entity)}</code>`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
