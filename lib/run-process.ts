import { spawn, type ChildProcess } from 'node:child_process';

/** How a process ended, and what it printed. */
export interface Outcome {
  /** Its exit status; `null` if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** Its complete environment. @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from stdin. @default - nothing; stdin is closed */
  readonly input?: string;
  /**
   * Whether it is in a process group of its own, so that a terminal's Ctrl-C does not reach it.
   *
   * @default false
   */
  readonly detached?: boolean;
  /** Which permissions the files that it creates do not get, such as 0o077. @default - as this process */
  readonly umask?: number;
  /** Called with the started process, for example to send it signals or to read its output. */
  readonly started?: (child: ChildProcess) => void;
}

/**
 * Runs a process to its end, without a shell or a terminal. It does not block, so that the process
 * may call a server in this one.
 *
 * @throws if it cannot be started; not if it fails
 */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, input, detached = false, umask, started }: ProcessOptions = {},
): Promise<Outcome> {
  const stdin = input === undefined ? 'ignore' : 'pipe';
  // A process inherits it when it is started, and there is no option for it.
  const before = umask === undefined ? undefined : process.umask(umask);
  const child = spawn(command, args, { cwd, env, detached, stdio: [stdin, 'pipe', 'pipe'] });
  if (before !== undefined) process.umask(before);
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
