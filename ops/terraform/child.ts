import path from 'node:path';
import { createInterface } from 'node:readline';
import { runProcess } from '../../lib/run-process';
import type { Process } from '../context';
import { Failed, Interrupted, messageOf } from '../errors';
import { manual } from '../fixes/fix';
import { withoutColors } from './output';

export interface Child extends Pick<Process, 'signal' | 'interruption'> {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default - as this process */
  readonly umask?: number;
  /** Whether its end with status 0 counts although it was interrupted. @default false */
  readonly keepsSuccess?: boolean;
  /** Called with each line of its stdout while it runs, without colors. */
  readonly onLine?: (line: string) => void;
}

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a process to its end, in a process group of its own: Ctrl-C reaches it once, from here. It is
 * waited for even then, since a terraform that is interrupted twice can lose its state.
 *
 * @throws Failed when it cannot be started, Interrupted after Ctrl-C
 */
export async function runChild(child: Child): Promise<Ended> {
  const {
    command,
    args,
    folder,
    env,
    umask,
    signal,
    interruption,
    keepsSuccess = false,
    onLine,
  } = child;
  requireRunning(signal);
  const release = interruption?.hold(path.basename(command));
  let interrupt = (): void => undefined;
  try {
    const { status, ...output } = await runProcess(command, args, {
      cwd: folder,
      env,
      detached: true,
      umask,
      started: (running) => {
        interrupt = () => {
          running.kill('SIGINT');
        };
        signal.addEventListener('abort', interrupt);
        // Terraform ends at once when it is interrupted a second time.
        interruption?.forced.addEventListener('abort', interrupt);
        if (onLine === undefined || running.stdout === null) return;
        createInterface({ input: running.stdout }).on('line', (line) => {
          onLine(withoutColors(line));
        });
      },
    });
    if (status !== 0 || !keepsSuccess) requireRunning(signal);
    return { status: status ?? 1, ...output };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new Failed(`Cannot start ${command}: ${messageOf(error)}`, INSTALL);
  } finally {
    release?.();
    signal.removeEventListener('abort', interrupt);
    interruption?.forced.removeEventListener('abort', interrupt);
  }
}

function requireRunning({ aborted }: AbortSignal): void {
  if (aborted) throw new Interrupted('Interrupted. Run the same command again to finish.');
}

const INSTALL = manual(
  'install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install), ' +
    'or name another binary in TERRAFORM_BINARY_NAME',
);
