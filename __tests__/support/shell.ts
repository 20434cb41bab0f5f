import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A shell that keeps its variables and folder from command to command, as a reader's does. */
export interface Shell {
  /** @returns what the command printed on both streams, and its exit status */
  run(command: string): Promise<{ readonly output: string; readonly status: number }>;
  close(): Promise<void>;
}

/** @param timeout of one command, in milliseconds */
export function startShell(cwd: string, env: NodeJS.ProcessEnv, timeout: number): Shell {
  // A process group of its own: what the shell started ends with it.
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd, env, detached: true });
  let output = '';
  let listener = (): void => undefined;
  for (const stream of [bash.stdout, bash.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      listener();
    });
  }
  bash.stdin.write('exec 2>&1\n');
  let count = 0;

  const run: Shell['run'] = (command) =>
    new Promise((resolve, reject) => {
      const end = new RegExp(`^([^]*?)END-${++count}-(\\d+)\n`);
      const timer = setTimeout(() => {
        reject(new Error(`No end of ${command}. It printed:\n${output}`));
      }, timeout);
      listener = () => {
        const [whole, printed = '', status = ''] = end.exec(output) ?? [];
        if (whole === undefined) return;
        clearTimeout(timer);
        output = output.slice(whole.length);
        resolve({ output: printed, status: Number(status) });
      };
      // On a line of its own: a command that starts a shell hands its stdin to that shell.
      bash.stdin.write(`${command}\necho END-${count}-$?\n`);
    });

  const close = async (): Promise<void> => {
    bash.stdin.end();
    const ended = once(bash, 'close');
    const timer = setTimeout(() => process.kill(-(bash.pid ?? 0), 'SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  };
  return { run, close };
}
