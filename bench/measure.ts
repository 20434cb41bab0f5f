import { spawn } from 'node:child_process';

/** A command line, run without a shell from the project's root. */
export type Command = readonly [program: string, ...args: string[]];

export interface Pair {
  readonly name: string;
  readonly command: Command;
  readonly against: Command;
}

/**
 * Ratio of the medians of two commands' wall-clock times, after one run of each to warm up.
 *
 * @throws Error when a command cannot be started, or fails: a command that fails is quick, and
 * would make a good ratio
 */
export async function ratio(
  { command, against }: Pair,
  runs: number,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const times: number[] = [];
  const timesAgainst: number[] = [];
  await seconds(command, env);
  await seconds(against, env);
  for (let run = 0; run < runs; run += 1) {
    times.push(await seconds(command, env));
    timesAgainst.push(await seconds(against, env));
  }
  return median(times) / median(timesAgainst);
}

/** Without blocking: the sandbox that the command talks to is in this process. */
function seconds([program, ...args]: Command, env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve((performance.now() - start) / 1000);
      else reject(new Error(`${program} ${args.join(' ')}: ${errors}`));
    });
  });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
