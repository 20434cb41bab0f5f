import { spawnSync } from 'node:child_process';
import { runProcess } from '../../lib/run-process';
import { medianOf, type Measured } from './benchmark';

/** A command line, run in the project's folder without a shell. */
export type Command = readonly [program: string, ...args: string[]];

/** The duration and output of a successful command. */
export interface TimedOutput {
  /** Elapsed seconds of the whole process. */
  readonly seconds: number;
  readonly stdout: string;
}

/**
 * Runs a command without blocking, since it may call a sandbox in this process.
 *
 * @throws Error if it cannot be started or fails
 */
export async function run(command: Command, env = process.env): Promise<TimedOutput> {
  const [program, ...args] = command;
  const start = performance.now();
  const { status, stdout, stderr } = await runProcess(program, args, { env });
  const seconds = (performance.now() - start) / 1000;
  if (status === 0) return { seconds, stdout };
  throw new Error(`${command.join(' ')}: ${lastLines(stderr || stdout)}`);
}

/** Alternates two commands, so that a slow minute slows both, after a warm-up run of each. */
export async function inTurns(
  command: Command,
  baseline: Command,
  rounds: number,
  env = process.env,
): Promise<Measured> {
  await run(command, env);
  await run(baseline, env);
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push([(await run(command, env)).seconds, (await run(baseline, env)).seconds]);
  }
  return ratios(pairs);
}

/** Pairs of seconds as ratios, with the medians of the seconds. */
export function ratios(pairs: readonly (readonly [number, number])[]): Measured {
  const of = (index: 0 | 1): string => medianOf(pairs.map((pair) => pair[index])).toFixed(2);
  return {
    values: pairs.map(([seconds, baseline]) => seconds / baseline),
    absolute: `${of(0)} s : ${of(1)} s`,
  };
}

/** Which of the programs are not installed; undefined if all are. */
export function missingProgram(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((name) => spawnSync(name, ['--version']).error !== undefined);
  return missing.length === 0 ? undefined : `not on the PATH: ${missing.join(', ')}`;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ');
}
