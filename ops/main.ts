import { CommanderError } from 'commander';
import type { ExitStatus, Process } from './context';
import { errorAsText, errorInJson, EXIT_STATUSES, kindOf } from './error-output';
import { createProgram } from './program';
import { note, printJson } from './terminal';

/**
 * Runs a command of the operations. Errors are on stderr; with `--json` also, as JSON, on stdout, so that
 * there is always one document.
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
    const isPrinted = error instanceof CommanderError;
    if (isPrinted && error.exitCode === 0) return 0;
    if (argv.includes('--json')) printJson(process.terminal, errorInJson(error));
    if (!isPrinted) note(process.terminal, errorAsText(error));
    return EXIT_STATUSES[kindOf(error)];
  }
}
