import { spawnSync } from 'node:child_process';
import { manual } from '../../ops/fixes/fix';
import { Failed } from '../../ops/errors';
import type { Inputs } from './inputs';
import { repositoryIdCommand, shell } from './script';
import { projectNumberCommand, stepsFor, type Step } from './steps';

/**
 * Runs the commands in order, until one fails. They are safe to repeat.
 *
 * @returns the project number
 * @throws Failed if gcloud cannot be started or a command fails
 */
export function apply(inputs: Inputs, env: NodeJS.ProcessEnv): string {
  const projectNumber = gcloud(projectNumberCommand(inputs), env).trim();
  if (!/^\d+$/.test(projectNumber))
    throw new Failed(`gcloud printed no project number, but: ${projectNumber}`);
  const repositoryId = inputs.repositoryId ?? askGitHub(inputs, env);
  for (const step of stepsFor(inputs, { projectNumber, repositoryId })) run(step, env);
  return projectNumber;
}

function askGitHub(inputs: Inputs, env: NodeJS.ProcessEnv): string {
  const [command = '', ...args] = repositoryIdCommand(inputs);
  const { stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8' });
  const answer = (error === undefined ? stdout : '').trim();
  if (/^\d+$/.test(answer)) return answer;
  const why = error?.message ?? stderr.trim();
  throw new Failed(
    `GitHub's number of ${inputs.repository} is not known, so nothing was run: ${why}`,
    manual('pass --repository-id NUMBER: the field id of https://api.github.com/repos/OWNER/NAME'),
  );
}

function run({ why, command, unless, ifExists }: Step, env: NodeJS.ProcessEnv): void {
  console.log(`# ${why}`);
  const chosen = unless !== undefined && succeeds(unless, env) ? ifExists : command;
  if (chosen === undefined) {
    console.log('Already exists.');
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
    throw new Failed(
      `Cannot start gcloud: ${error.message}`,
      manual('install the Google Cloud CLI'),
    );
  }
  if (status === 0) return stdout;
  throw new Failed(
    `${shell(args)} failed; the remaining commands were not run:\n${stderr.trim()}`,
    manual('resolve that error, then run the same command again; it is safe to repeat'),
  );
}
