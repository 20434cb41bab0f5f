import type { Terminal } from './terminal';

/** The line that a terminal shows below everything else while something is under way. */
const lines = new WeakMap<NodeJS.WritableStream, string>();

/** Streams that show no line any more. */
const ended = new WeakSet<NodeJS.WritableStream>();

/**
 * Shows no line from now on. After Ctrl-C the terminal may be the shell's again, while this process still
 * waits for another one: it must not write over the prompt.
 */
export function endLiveLines(terminal: Terminal): void {
  showLiveLine(terminal, undefined);
  ended.add(terminal.errors);
}

/** Whether the stream of progress is a terminal that can replace a line. */
export function canReplaceLine({ errors, env = {} }: Terminal): boolean {
  return errors.isTTY && env.TERM !== 'dumb';
}

/** Shows a line, or another one in its place; without a line, removes it. */
export function showLiveLine({ errors }: Terminal, line: string | undefined): void {
  if (lines.has(errors)) errors.write(ERASE);
  lines.delete(errors);
  if (line === undefined || ended.has(errors)) return;
  // A longer one would be wrapped, and only its last part replaced.
  const shown = line.slice(0, errors.columns - 1);
  lines.set(errors, shown);
  errors.write(shown);
}

/** Calls `write` above the line. */
export function writeAbove({ errors }: Terminal, write: () => void): void {
  const line = lines.get(errors);
  if (line !== undefined) errors.write(ERASE);
  write();
  if (line !== undefined) errors.write(line);
}

/** Back to the first column, and everything after it removed. */
const ERASE = '\r\u001B[K';
