import { createInterface } from 'node:readline/promises';
import { lookOf } from '../lib/text/look';
import { render, styled, type Text } from '../lib/text/text';
import { safeJson, visible } from '../lib/text/visible';
import type { Environment } from '../stages/environment';
import { Failed, Interrupted, UsageError } from './errors';
import { writeAbove } from './live-line';

/** Where a command writes its output and reads answers. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WriteStream;
  /** Says whether there are colors. @default - there are none */
  readonly env?: Environment;
}

/** Prints a result, to stdout. */
export function print(terminal: Terminal, text: Text): void {
  write(terminal, terminal.output, [text, '\n']);
}

/** Prints progress or a remark, to stderr. */
export function note(terminal: Terminal, text: Text): void {
  write(terminal, terminal.errors, [text, '\n']);
}

/**
 * Prints a warning, to stderr.
 *
 * @param where - the stage, job or file that it is about
 */
export function warn(terminal: Terminal, where: string, sentence: Text): void {
  note(terminal, [styled('yellow', 'Warning:'), ` ${visible(where)}: `, sentence]);
}

/** Prints a result as JSON, to stdout. */
export function printJson(terminal: Terminal, value: unknown): void {
  writeAbove(terminal, () => terminal.output.write(`${safeJson(value)}\n`));
}

/**
 * Everything that a command prints, other than JSON, is rendered here.
 *
 * @param wraps - whether lines are wrapped at a terminal's width. @default true
 */
export function write(
  terminal: Terminal,
  stream: NodeJS.WriteStream,
  text: Text,
  { wraps = true } = {},
): void {
  const { colors, width } = lookOf(stream, terminal.env);
  const rendered = render(text, { colors, width: wraps ? width : undefined });
  writeAbove(terminal, () => stream.write(rendered));
}

export interface Confirmation {
  /** Such as `Delete 6 jobs of dev?`; the caller has already listed them. */
  readonly question: string;
  /** What must be typed, or passed with `--confirm`. */
  readonly expected: string;
  /** The value of `--confirm`. */
  readonly given: string | undefined;
  /** What is said when something else is typed: `Nothing was deleted.` */
  readonly refusal: string;
}

/**
 * Returns if the operator agrees: the expected string is passed with `--confirm`, or typed at a terminal.
 *
 * @throws UsageError for any other `--confirm`, or when there is no terminal to ask at
 * @throws Failed when something else is typed
 */
export async function confirm(
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
  { question, expected, given, refusal }: Confirmation,
): Promise<void> {
  const refuse = (wrong: string): UsageError =>
    new UsageError({ subject: '--confirm', given, wrong, fix: `pass --confirm ${expected}` });
  if (given !== undefined) {
    if (given === expected) return;
    throw refuse(`must be ${expected}`);
  }
  if (!terminal.input.isTTY) throw refuse('stdin is not a terminal');
  const lines = createInterface({ input: terminal.input, output: terminal.errors });
  // While readline reads from a terminal, Ctrl-C is a key and not a signal.
  const stop = new AbortController();
  lines.on('SIGINT', () => {
    stop.abort();
  });
  try {
    const shown = render(
      `${question}\nType ${expected} to continue: `,
      lookOf(terminal.errors, terminal.env),
    );
    const answer = await lines.question(shown, {
      signal: AbortSignal.any([signal, stop.signal]),
    });
    if (answer.trim() !== expected) throw new Failed(refusal);
  } catch (error) {
    if (error instanceof Failed) throw error;
    throw new Interrupted('\nInterrupted. Nothing was changed.');
  } finally {
    lines.close();
  }
}
