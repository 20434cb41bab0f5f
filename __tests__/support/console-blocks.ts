import MarkdownIt from 'markdown-it';

/**
 * The `console` blocks of a page of documentation, which a test runs. A comment before a block says how:
 *
 * - `<!-- before: COMMAND -->` runs a command first, which the page does not show;
 * - `<!-- not run: REASON -->` leaves the block out.
 */
export interface ConsoleBlock {
  /** Of the block's first line in the page, from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly notRun?: string;
  readonly commands: readonly ConsoleCommand[];
}

export interface ConsoleCommand {
  readonly command: string;
  /** What the page shows after the command; empty if it shows nothing. */
  readonly output: readonly string[];
}

export function consoleBlocks(page: string): readonly ConsoleBlock[] {
  const blocks: ConsoleBlock[] = [];
  let before: string[] = [];
  let notRun: string | undefined;
  for (const token of new MarkdownIt({ html: true }).parse(page, {})) {
    if (token.type === 'html_block') {
      before.push(...comments(token.content, 'before'));
      notRun ??= comments(token.content, 'not run')[0];
    } else if (token.type === 'fence' && token.info.trim() === 'console') {
      blocks.push({
        line: (token.map?.[0] ?? 0) + 1,
        before,
        ...(notRun === undefined ? {} : { notRun }),
        commands: commandsOf(token.content),
      });
      [before, notRun] = [[], undefined];
    }
  }
  return blocks;
}

function comments(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`<!-- ${name}: ([^]*?) -->`, 'g'))].map(([, text = '']) =>
    text.replace(/\s+/g, ' '),
  );
}

function commandsOf(text: string): ConsoleCommand[] {
  const commands: { command: string; output: string[] }[] = [];
  let continued = false;
  for (const line of text.trimEnd().split('\n')) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) commands.push({ command: line.slice(2), output: [] });
    else if (last === undefined) throw new Error(`A console block starts with "$ ", not: ${line}`);
    else if (continued) last.command += `\n${line}`;
    else last.output.push(line);
    continued = line.endsWith('\\') && (continued || line.startsWith('$ '));
  }
  return commands;
}

/** What differs from run to run. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/g, 'INSTANT'],
  [/\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?/g, 'TIME'],
  [/\b\d+(\.\d+)? ?(ms|s)\b/g, 'DURATION'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'],
  [/\b\d{9,}\b/g, 'NUMBER'],
  // Columns are as wide as their cells.
  [/ +/g, ' '],
  [/─+/g, '─'],
];

/** What a slow machine prints in addition: how long a step has taken so far, or took in the end. */
const PROGRESS = /… (took )?(DURATION|\d+ min( DURATION)?)$/;

function masked(line: string): string {
  return MASKS.reduce((text, [pattern, mask]) => text.replace(pattern, mask), line).trim();
}

/**
 * Whether a command printed what the page shows. A line `…` stands for any lines, `…` in a line for any
 * text; times, durations, ports and the widths of columns may differ, and progress may be added.
 */
export function matches(shown: readonly string[], printed: string): boolean {
  const pattern = shown
    .map((line) =>
      line.trim() === '…'
        ? '(?:.*\n)*'
        : `${masked(line).split('…').map(escapeRegExp).join('.*')}\n`,
    )
    .join('');
  const lines = printed
    .split('\n')
    .map(masked)
    .filter((line) => !PROGRESS.test(line));
  while (lines.at(-1) === '') lines.pop();
  return new RegExp(`^${pattern}$`).test(lines.map((line) => `${line}\n`).join(''));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
