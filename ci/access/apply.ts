import { spawnSync } from 'node:child_process';
import type { Inputs } from './inputs';
import { shell } from './script';
import { projectNumberCommand, stepsFor, type Step } from './steps';

/**
 * Runs the commands, one after the other, until one fails. Running all of them again is safe.
 *
 * @returns the number of the project
 */
export function apply(inputs: Inputs, env: NodeJS.ProcessEnv): string {
  const number = gcloud(projectNumberCommand(inputs), env).trim();
  if (!/^\d+$/.test(number)) throw new Error(`gcloud gave no project number, but: ${number}`);
  for (const step of stepsFor(inputs, number)) run(step, env);
  return number;
}

function run({ why, command, unless, whenThere }: Step, env: NodeJS.ProcessEnv): void {
  console.log(`# ${why}`);
  const chosen = unless !== undefined && succeeds(unless, env) ? whenThere : command;
  if (chosen === undefined) {
    console.log('It is there.');
    return;
  }
  console.log(shell(chosen));
  gcloud(chosen, env);
}

function succeeds(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return spawnSync('gcloud', args, { env, stdio: 'ignore' }).status === 0;
}

function gcloud(args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync('gcloud', args, {
    env: { ...env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' },
    encoding: 'utf8',
  });
  if (error !== undefined) {
    throw new Error(
      `gcloud cannot be started: ${error.message}. Fix: install the Google Cloud CLI.`,
    );
  }
  if (status === 0) return stdout;
  throw new Error(
    `${shell(args)} failed, and what follows it was not run:\n${stderr.trim()}\n` +
      'Fix that, and run this again; what is done stays done.',
  );
}
