const MAX_LENGTH = 300;

/** Characters that are invisible, or change the direction of the text after them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value of the plan as code in Markdown. Whatever it contains is never read as Markdown or HTML,
 * stays in its table cell, and notifies no one.
 */
export function quote(value: string): string {
  const cut = value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;
  const visible = cut.replace(INVISIBLE, escapeCharacter);
  if (visible === '') return '(empty)';
  if (!/[`|]|^ | $/.test(visible)) return `\`${visible}\``;
  // Code spans cannot contain these everywhere; entities are never read as Markdown.
  return `<code>${visible.replace(/[^\p{L}\p{N} ]/gu, entity)}</code>`;
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
