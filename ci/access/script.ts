import type { Inputs } from './inputs';
import { projectNumberCommand, stepsFor, type Step } from './steps';

const NUMBER = 'PROJECT_NUMBER';

/** The commands as a script for bash, which does what `--apply` does. */
export function asScript(inputs: Inputs): string {
  const number = `${NUMBER}=$(${shell(projectNumberCommand(inputs))})`;
  const steps = stepsFor(inputs, `\${${NUMBER}}`).map(stepInShell);
  return [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    '',
    `# The number of the project\n${number}`,
    ...steps.map((step) => `\n${step}`),
  ].join('\n');
}

function stepInShell({ why, command, unless, whenThere }: Step): string {
  const comment = `# ${why}`;
  if (unless === undefined) return `${comment}\n${shell(command)}`;
  const there = whenThere === undefined ? '  :' : `  ${shell(whenThere)}`;
  return [
    comment,
    `if ${shell(unless)} >/dev/null 2>&1; then`,
    there,
    'else',
    `  ${shell(command)}`,
    'fi',
  ].join('\n');
}

/** A command as somebody would type it. */
export function shell(args: readonly string[]): string {
  return ['gcloud', ...args].map(quote).join(' ');
}

function quote(argument: string): string {
  if (/^[A-Za-z0-9_./:,@=-]+$/.test(argument)) return argument;
  // In double quotes, so that the number of the project is put in.
  const escaped = argument.replace(/["\\`]|\$(?!\{PROJECT_NUMBER\})/g, '\\$&');
  return `"${escaped}"`;
}
