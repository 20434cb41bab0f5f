import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { runProcess } from '../../lib/run-process';
import { Failed, Interrupted, messageOf } from '../errors';

export interface Child {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Told of each line of its stdout while it runs, without colours. */
  readonly onLine?: (line: string) => void;
}

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a process to its end. Ctrl-C reaches it from the terminal, or from here without one; it is
 * waited for even then, so that terraform can release its locks.
 *
 * @throws Failed when it cannot be started, Interrupted when it ended by Ctrl-C
 */
export async function runChild(child: Child): Promise<Ended> {
  const { command, args, folder, env, signal, onLine } = child;
  let interrupt = (): void => undefined;
  try {
    const { status, ...output } = await runProcess(command, args, {
      cwd: folder,
      env,
      started: (running) => {
        interrupt = () => {
          if (!process.stdin.isTTY) running.kill('SIGINT');
        };
        signal.addEventListener('abort', interrupt);
        if (onLine === undefined || running.stdout === null) return;
        createInterface({ input: running.stdout }).on('line', (line) => {
          onLine(stripVTControlCharacters(line));
        });
      },
    });
    if (signal.aborted) {
      throw new Interrupted('Interrupted. Run the same command again to finish.');
    }
    return { status: status ?? 1, ...output };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new Failed(`${command} cannot be started: ${messageOf(error)}`, INSTALL);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

const INSTALL =
  'install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install), ' +
  'or name another binary in TERRAFORM_BINARY_NAME';
