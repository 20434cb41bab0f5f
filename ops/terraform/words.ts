import { stripVTControlCharacters } from 'node:util';
import type { Ended } from './child';

/** Control characters but tab and newline: what a terminal would act on instead of showing. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Text from elsewhere as a terminal may show it: without colours and control characters. */
export function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROLS, '');
}

/**
 * What terraform says of a failure. In HCP Terraform the errors of the remote terraform are on
 * stdout, and so are the results of policies and run tasks; stderr then may be empty.
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
  // The results of checks hold their errors themselves.
  return [checks === '' ? from(/^(?:\u2502 )?Error: /m) : checks];
}

/** From ╷ to ╵, escaped: bundles are read as latin1, and esbuild leaves expressions as they are. */
const BOX = /^\u2577[^]*?^\u2575/gm;

/** Where the results of policies and run tasks begin. */
const CHECKS = /^(?:Organization|Workspace) Policy Check|^(?:Pre|Post)-(?:plan|apply) Tasks:/m;
