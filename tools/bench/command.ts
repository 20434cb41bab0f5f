import { spawnSync } from 'node:child_process';
import { runProcess } from '../../lib/run-process';
import { medianOf, type Measured } from './benchmark';

/** A command line, run without a shell from the project's folder. */
export type Command = readonly [program: string, ...args: string[]];

/** What a command that succeeded took and printed. */
export interface TimedOutput {
  /** Wall-clock seconds of the whole process. */
  readonly seconds: number;
  readonly stdout: string;
}

/**
 * Runs a command, without blocking: a sandbox that it talks to may be in this process.
 *
 * @throws Error when it cannot be started, or fails
 */
export async function run(command: Command, env = process.env): Promise<TimedOutput> {
  const [program, ...args] = command;
  const start = performance.now();
  const { status, stdout, stderr } = await runProcess(program, args, { env });
  const seconds = (performance.now() - start) / 1000;
  if (status === 0) return { seconds, stdout };
  throw new Error(`${command.join(' ')}: ${lastLines(stderr || stdout)}`);
}

/** Two commands that take turns, so that a slow minute slows both; each runs once before, to warm up. */
export async function inTurns(
  command: Command,
  yardstick: Command,
  rounds: number,
  env = process.env,
): Promise<Measured> {
  await run(command, env);
  await run(yardstick, env);
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push([(await run(command, env)).seconds, (await run(yardstick, env)).seconds]);
  }
  return ratios(pairs);
}

/** Pairs of seconds as ratios, with the medians of the seconds behind them. */
export function ratios(pairs: readonly (readonly [number, number])[]): Measured {
  const of = (index: 0 | 1): string => medianOf(pairs.map((pair) => pair[index])).toFixed(2);
  return {
    values: pairs.map(([seconds, yardstick]) => seconds / yardstick),
    behind: `${of(0)} s : ${of(1)} s`,
  };
}

/** Why one of some programs cannot be run; undefined where all can. */
export function missingProgram(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((name) => spawnSync(name, ['--version']).error !== undefined);
  return missing.length === 0 ? undefined : `not on the PATH: ${missing.join(', ')}`;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ');
}
