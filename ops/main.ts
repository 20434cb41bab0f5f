import { CommanderError } from 'commander';
import type { ExitStatus, Process } from './context';
import { Failed, Interrupted, messageOf, UsageError } from './errors';
import { createProgram } from './program';
import { note } from './terminal';

/**
 * Runs a command of the operations.
 *
 * @returns the exit status: 0; 1 when it failed; 2 for wrong use; 130 after Ctrl-C
 */
export async function main(argv: readonly string[], process: Process): Promise<number> {
  let status: ExitStatus = 0;
  try {
    const program = await createProgram(argv, process, (result) => {
      status = result;
    });
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    // Commander has already printed the error, or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // Only a bug needs its stack trace.
    const isExpected = [Failed, UsageError, Interrupted].some((kind) => error instanceof kind);
    const text = error instanceof Error && !isExpected ? error.stack : undefined;
    note(process.terminal, text ?? messageOf(error));
    if (error instanceof UsageError) return 2;
    return error instanceof Interrupted ? 130 : 1;
  }
}
