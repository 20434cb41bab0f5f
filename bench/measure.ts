import { spawnSync } from 'node:child_process';

/** A command line, run without a shell from the project's root. */
export type Command = readonly [program: string, ...args: string[]];

export interface Pair {
  readonly name: string;
  readonly command: Command;
  readonly against: Command;
  /** Added to the environment of both. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Ratio of the medians of two commands' wall-clock times, after one run of each to warm up. */
export function ratio({ command, against, env }: Pair, runs: number): number {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run += 1) {
    const a = seconds(command, env);
    const b = seconds(against, env);
    if (run === 0) continue;
    times[0].push(a);
    times[1].push(b);
  }
  return median(times[0]) / median(times[1]);
}

function seconds([program, ...args]: Command, env: NodeJS.ProcessEnv = {}): number {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  // A command that fails is quick, and would make a good ratio.
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return (performance.now() - start) / 1000;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
