import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';

/** The exit status of shells for a command that cannot be started. */
const CANNOT_START = 127;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command with this process's stdin, stdout and stderr.
 *
 * @returns its exit status; 128 + n if signal n ended it, 127 if it cannot be started
 */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  let child: ChildProcess | undefined;
  // Before the command starts: a signal in between would end only this process.
  const stopForwarding = forwardSignals((signal) => child?.kill(signal));
  try {
    child = spawn(command, args, { stdio: 'inherit', env });
    return await statusOf(command, child);
  } finally {
    stopForwarding();
  }
}

function statusOf(command: string, child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`Cannot start ${command}: ${error.message}`);
      resolve(CANNOT_START);
    });
    child.on('close', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]));
    });
  });
}

function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const listener = (signal: NodeJS.Signals): void => {
    // A terminal sends Ctrl-C to the command too, which decides how to react.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}
