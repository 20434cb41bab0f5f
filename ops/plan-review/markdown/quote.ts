const LONGEST = 300;

/** Characters that show nothing, or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value of the plan as code in Markdown. Whatever it holds, it is neither Markdown nor HTML, it
 * stays in its cell of a table, and it notifies nobody.
 */
export function quote(value: string): string {
  const cut = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  const visible = cut.replace(INVISIBLE, escapeCharacter);
  if (visible === '') return '(empty)';
  if (!/[`|]|^ | $/.test(visible)) return `\`${visible}\``;
  // A code span cannot hold these everywhere, and entities are never Markdown.
  return `<code>${visible.replace(/[^\p{L}\p{N} ]/gu, entity)}</code>`;
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
