import { runProcess, type Outcome } from '../../lib/run-process';
import type { Inputs } from './inputs';
import { shell } from './script';
import { projectNumberCommand, stepsFor, type Step } from './steps';

/**
 * Runs the commands, one after the other, until one fails. Running all of them again is safe.
 *
 * @returns the number of the project
 */
export async function apply(inputs: Inputs, env: NodeJS.ProcessEnv): Promise<string> {
  const number = (await gcloud(projectNumberCommand(inputs), env)).trim();
  if (!/^\d+$/.test(number)) throw new Error(`gcloud gave no project number, but: ${number}`);
  for (const step of stepsFor(inputs, number)) await take(step, env);
  return number;
}

async function take(
  { why, command, unless, whenThere }: Step,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  console.log(`# ${why}`);
  const isThere = unless !== undefined && (await start(unless, env)).status === 0;
  const chosen = isThere ? whenThere : command;
  if (chosen === undefined) {
    console.log('It is there.');
    return;
  }
  console.log(shell(chosen));
  await gcloud(chosen, env);
}

/** What a command prints; it must succeed. */
async function gcloud(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { status, stdout, stderr } = await start(args, env);
  if (status === 0) return stdout;
  throw new Error(
    `${shell(args)} failed, and what follows it was not run:\n${stderr.trim()}\n` +
      'Fix that, and run this again; what is done stays done.',
  );
}

async function start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  try {
    return await runProcess('gcloud', args, {
      env: { ...env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`gcloud cannot be started: ${why}. Fix: install the Google Cloud CLI.`, {
      cause: error,
    });
  }
}
