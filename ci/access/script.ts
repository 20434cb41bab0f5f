import type { Inputs } from './inputs';
import { projectNumberCommand, stepsFor, type Step } from './steps';

const NUMBERS = {
  projectNumber: '${PROJECT_NUMBER}',
  repositoryId: '${REPOSITORY_ID}',
};

/** The commands as a bash script, which does the same as `--apply`. */
export function asScript(inputs: Inputs): string {
  const { repositoryId } = inputs;
  const id = repositoryId ?? `$(${inShell(repositoryIdCommand(inputs))})`;
  return [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    '',
    `# Project number\nPROJECT_NUMBER=$(${shell(projectNumberCommand(inputs))})`,
    `\n# GitHub's number of the repository\nREPOSITORY_ID=${id}`,
    ...stepsFor(inputs, NUMBERS).map((step) => `\n${stepInShell(step)}`),
  ].join('\n');
}

/** Asks GitHub for a repository's number. */
export function repositoryIdCommand({ repository }: Inputs): string[] {
  return ['gh', 'api', `repos/${repository}`, '--jq', '.id'];
}

function stepInShell({ why, command, unless, ifExists }: Step): string {
  const comment = `# ${why}`;
  if (unless === undefined) return `${comment}\n${shell(command)}`;
  const existing = ifExists === undefined ? '  :' : `  ${shell(ifExists)}`;
  return [
    comment,
    `if ${shell(unless)} >/dev/null 2>&1; then`,
    existing,
    'else',
    `  ${shell(command)}`,
    'fi',
  ].join('\n');
}

/** A gcloud command as it is typed in a shell. */
export function shell(args: readonly string[]): string {
  return inShell(['gcloud', ...args]);
}

function inShell(command: readonly string[]): string {
  return command.map(quote).join(' ');
}

function quote(argument: string): string {
  if (/^[A-Za-z0-9_./:,@=-]+$/.test(argument)) return argument;
  // Double quotes, so that the shell inserts the numbers.
  const escaped = argument.replace(
    /["\\`]|\$(?!\{(?:PROJECT_NUMBER|REPOSITORY_ID)\})/g,
    String.raw`\$&`,
  );
  return `"${escaped}"`;
}
