import type { Inputs } from './inputs';
import { projectNumberCommand, stepsFor, type Step } from './steps';

const NUMBER = 'PROJECT_NUMBER';

/** The commands as a bash script, which does the same as `--apply`. */
export function asScript(inputs: Inputs): string {
  const number = `${NUMBER}=$(${shell(projectNumberCommand(inputs))})`;
  const steps = stepsFor(inputs, `\${${NUMBER}}`).map(stepInShell);
  return [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    '',
    `# Project number\n${number}`,
    ...steps.map((step) => `\n${step}`),
  ].join('\n');
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

/** A command as it is typed in a shell. */
export function shell(args: readonly string[]): string {
  return ['gcloud', ...args].map(quote).join(' ');
}

function quote(argument: string): string {
  if (/^[A-Za-z0-9_./:,@=-]+$/.test(argument)) return argument;
  // Double quotes, so that the shell inserts the project number.
  const escaped = argument.replace(/["\\`]|\$(?!\{PROJECT_NUMBER\})/g, '\\$&');
  return `"${escaped}"`;
}
