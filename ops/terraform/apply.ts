import type { Context } from '../context';
import { Failed } from '../errors';
import { note } from '../terminal';
import { runChild } from './child';
import { lockFix } from './state-lock';
import { failureOf, withoutColors } from './output';
import { terraformChild, type Stack } from './stack';
import { describeUnsaved } from './state-check';

/**
 * Applies a saved plan, and prints terraform's progress for each resource. Returns if everything was
 * applied, even after Ctrl-C, except in HCP Terraform.
 *
 * @param onLine - called with each line of terraform's output
 */
export async function applyPlan(
  context: Context,
  stack: Stack,
  file: string,
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  const args = ['apply', '-input=false', '-no-color', file];
  const child = terraformChild(context, stack, args, (line) => {
    onLine(line);
    noteProgress(context, line);
  });
  // With HCP Terraform it also ends with 0 when the apply continues there.
  const keepsSuccess = context.settings.state.kind !== 'cloud';
  const ended = await runChild({ ...child, keepsSuccess });
  if (ended.status === 0) return;
  const failure = failureOf(ended);
  const unsaved = describeUnsaved(context, stack);
  if (unsaved !== undefined) {
    throw new Failed(`terraform apply failed.\n${failure}\n${unsaved.what}`, unsaved.fix);
  }
  throw new Failed(
    `terraform apply failed; some changes may have been made. Run the same command again to finish.\n${failure}`,
    lockFix(context, stack, failure),
  );
}

/** Prints the lines that say what terraform does to a resource, and for how long; without its id. */
function noteProgress({ terminal }: Context, line: string): void {
  const progress =
    /(?:^|\s)(google_[\w.-]+: (?:Still |Creat|Modif|Destr|Import)[^[]*)(\[(?:id=[^,\]]*, )?(\d[\w]*) elapsed\])?/.exec(
      withoutColors(line),
    );
  const [, what, , elapsed] = progress ?? [];
  if (what === undefined) return;
  note(terminal, `  ${what.trim()}${elapsed === undefined ? '' : ` [${elapsed} elapsed]`}`);
}
