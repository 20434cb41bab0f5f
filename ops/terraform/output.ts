import { stripVTControlCharacters } from 'node:util';
import type { Ended } from './child';

/** Control characters except tab and newline: a terminal would execute them instead of showing them. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Makes text from elsewhere safe for a terminal: removes colours and control characters. */
export function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROLS, '');
}

/**
 * The errors in terraform's output. With HCP Terraform, the errors of the remote terraform and the
 * results of policies and run tasks are on stdout, and stderr may be empty.
 */
export function failureOf({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): string {
  const parts = [withoutControls(stderr).trim(), ...sectionsOf(withoutControls(stdout))];
  return parts.filter((part) => part !== '').join('\n');
}

function sectionsOf(stdout: string): string[] {
  const boxes = stdout.match(BOX) ?? [];
  const errors = boxes.filter((box) => box.includes('Error: '));
  const from = (start: RegExp): string => {
    const index = stdout.search(start);
    return index === -1 ? '' : stdout.slice(index).trim();
  };
  const checks = from(CHECKS);
  if (errors.length > 0) return [checks, ...errors];
  // The results of checks contain their errors.
  return [checks === '' ? from(/^(?:\u2502 )?Error: /m) : checks];
}

/** From ╷ to ╵. Escaped, because bundles are read as latin1 and esbuild does not escape regular expressions. */
const BOX = /^\u2577[^]*?^\u2575/gm;

/** The start of the results of policies and run tasks. */
const CHECKS = /^(?:Organization|Workspace) Policy Check|^(?:Pre|Post)-(?:plan|apply) Tasks:/m;
