import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { Failed, Interrupted } from '../errors';

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
  const running = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const interrupt = (): void => {
    if (!process.stdin.isTTY) running.kill('SIGINT');
  };
  signal.addEventListener('abort', interrupt);
  const output = { stdout: '', stderr: '' };
  let rest = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach((line) => onLine?.(stripVTControlCharacters(line)));
  });
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  try {
    const status = await new Promise<number>((resolve, reject) => {
      running.on('error', (error) => {
        reject(new Failed(`${command} cannot be started: ${error.message}`, INSTALL));
      });
      running.on('close', (code) => {
        resolve(code ?? 1);
      });
    });
    if (signal.aborted) {
      throw new Interrupted('Interrupted. The same command again completes what this one began.');
    }
    return { status, ...output };
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

const INSTALL =
  'install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install), ' +
  'or name another binary in TERRAFORM_BINARY_NAME';
