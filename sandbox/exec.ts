import { spawn } from 'node:child_process';
import os from 'node:os';

/** What shells answer for a command that cannot be started. */
const CANNOT_START = 127;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command with the streams of this process.
 *
 * @returns its exit status; 128 + n when signal n ended it, 127 when it cannot be started
 */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    // The terminal sends Ctrl-C to the command as well, which decides what to do with it.
    const forward = SIGNALS.map((signal) => {
      const listener = (): void => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    const end = (status: number): void => {
      forward.forEach((stop) => stop());
      resolve(status);
    };
    child.on('error', (error) => {
      console.error(`${command} cannot be started: ${error.message}`);
      end(CANNOT_START);
    });
    child.on('close', (code, signal) => {
      end(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]));
    });
  });
}
