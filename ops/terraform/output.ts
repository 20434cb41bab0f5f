import type { Ended } from './child';

// eslint-disable-next-line no-control-regex
const COLORS = /\u001B\[[\d;]*m/g;

/** Removes the colors of terraform's output. Other control characters stay, and are shown when printed. */
export function withoutColors(text: string): string {
  return text.replace(COLORS, '').replaceAll('\r\n', '\n');
}

/**
 * The errors in terraform's output. With HCP Terraform, the errors of the remote terraform and the
 * results of policies and run tasks are on stdout, and stderr may be empty.
 */
export function failureOf({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): string {
  const parts = [withoutColors(stderr).trim(), ...sectionsOf(withoutColors(stdout))];
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
