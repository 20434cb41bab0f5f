/** Control and format characters, bidirectional overrides among them, and Unicode's line separators. */
const ACTING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same except tab and line feed, which our own text has. */
const ACTING_IN_TEXT = /[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value from elsewhere on one line, with every character visible that a terminal would act on:
 * `\u{1b}[2J`, `\n`.
 */
export function visible(value: string): string {
  return value.replace(ACTING, escape);
}

/** The same for text of several lines. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(ACTING_IN_TEXT, escape);
}

/**
 * Makes sure that no line is a command to the runner of a workflow: GitHub's `::name::` at the start of
 * a line, `##[name]` anywhere in it, and Azure's and TeamCity's `##name[`.
 *
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*)(?=::)/gm, '$1\\').replace(/##(?=\w*\[)/g, '##\\');
}

/** JSON that is equal when parsed, and in which nothing is invisible or a command. */
export function safeJson(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return json
    .replace(ACTING_IN_TEXT, (character) =>
      Array.from({ length: character.length }, (_, index) => unicodeEscape(character, index)).join(
        '',
      ),
    )
    .replace(/##(\w*)\[/g, '##$1\\u005b');
}

function escape(character: string): string {
  if (character === '\n') return '\\n';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function unicodeEscape(text: string, index: number): string {
  return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
}
