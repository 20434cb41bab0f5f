import { spawn, type ChildProcess } from 'node:child_process';

/** How a process ended, and what it printed. */
export interface Outcome {
  /** Its exit status; `null` when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** All of its variables. @default - those of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from stdin. @default - nothing; stdin is closed */
  readonly input?: string;
  /** Called with the process once it was started, to send it signals or to watch its output. */
  readonly started?: (child: ChildProcess) => void;
}

/**
 * Runs a process to its end, without a shell and without a terminal. It does not block, so that
 * the process may call a server in this one.
 *
 * @throws when it cannot be started; not when it fails
 */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, input, started }: ProcessOptions = {},
): Promise<Outcome> {
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const child = spawn(command, args, { cwd, env, stdio: [stdin, 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin?.end(input);
  started?.(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, ...output });
    });
  });
}
