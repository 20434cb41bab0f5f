import { visible } from '../../lib/text/visible';
import type { Fix, Step } from './fix';

/** A fix on one line: `in stages/stages.ts, set …, then just gcp-scheduler-setup dev`. */
export function renderFix([first, ...rest]: Fix): string {
  const text = rest.reduce((before, step) => {
    return `${before}${separator(step)}${renderStep(step)}`;
  }, renderStep(first));
  // Values in it, such as a URI, may come from elsewhere.
  return visible(text);
}

/** A fix in JSON: as people read it, and its steps. */
export function fixInJson(fix: Fix) {
  return { fix: renderFix(fix), steps: fix.map(stepInJson) };
}

function separator({ when, alternative }: Step): string {
  if (alternative) return ', or ';
  return when === undefined ? ', then ' : '; ';
}

function renderStep(step: Step): string {
  const { when } = step;
  if (when === undefined) return renderAction(step);
  return `${when}${when.startsWith('if ') ? ',' : ':'} ${renderAction(step)}`;
}

function renderAction(step: Step): string {
  switch (step.kind) {
    case 'command':
      return `${inShell(step.words)}${step.where === undefined ? '' : ` (in ${step.where})`}`;
    case 'edit':
      return `in ${step.file}, ${step.change}`;
    case 'wait':
      return `wait until ${step.until}`;
    case 'manual':
      return step.what;
  }
}

function stepInJson(step: Step) {
  if (step.kind !== 'command') return step;
  const { words, ...rest } = step;
  return { ...rest, command: inShell(words) };
}

/** Words as a shell reads them, quoted where it needs that. */
function inShell(words: readonly string[]): string {
  return words.map(forShell).join(' ');
}

function forShell(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const [option, value] = /^(?:--[a-z-]+|\w+)=/.test(word) ? splitOnce(word) : ['', word];
  return `${option}'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** `['--schedule=', '0 2 * * *']` */
function splitOnce(word: string): [string, string] {
  const end = word.indexOf('=') + 1;
  return [word.slice(0, end), word.slice(end)];
}
