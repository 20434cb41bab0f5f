import { createInterface } from 'node:readline/promises';
import { Interrupted, WrongUse } from './errors';

/** Where a command's output goes and its answers come from. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WriteStream;
}

/** The result, on stdout. */
export function print({ output }: Terminal, text: string): void {
  output.write(`${text}\n`);
}

/** What goes on meanwhile, and warnings, on stderr. */
export function note({ errors }: Terminal, text: string): void {
  errors.write(`${text}\n`);
}

export function printJson(terminal: Terminal, value: unknown): void {
  print(terminal, JSON.stringify(value, undefined, 2));
}

export interface Confirmation {
  /** What is asked, after what goes has been shown. */
  readonly question: string;
  /** What must be typed, or given with `--confirm`. */
  readonly expected: string;
  /** The value of `--confirm`. */
  readonly given: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Whether the operator agrees: `--confirm` with exactly the expected text, or typed at a terminal.
 * Without either it is wrong use.
 */
export async function confirm(terminal: Terminal, asked: Confirmation): Promise<boolean> {
  const { question, expected, given, signal } = asked;
  const refuse = (wrong: string): WrongUse =>
    new WrongUse([{ subject: '--confirm', given, wrong, fix: `pass --confirm ${expected}` }]);
  if (given !== undefined) {
    if (given === expected) return true;
    throw refuse(`must be ${expected}`);
  }
  if (!terminal.input.isTTY) throw refuse('stdin is not a terminal');
  const lines = createInterface({ input: terminal.input, output: terminal.errors });
  // In a terminal that readline reads, Ctrl-C is a key and no signal.
  const stop = new AbortController();
  lines.on('SIGINT', () => {
    stop.abort();
  });
  try {
    const answer = await lines.question(`${question}\nType ${expected} to continue: `, {
      signal: AbortSignal.any([signal, stop.signal]),
    });
    return answer.trim() === expected;
  } catch {
    throw new Interrupted('\nInterrupted. Nothing was changed.');
  } finally {
    lines.close();
  }
}
