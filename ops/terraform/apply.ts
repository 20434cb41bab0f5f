import type { Context } from '../context';
import { Failed } from '../errors';
import { note } from '../terminal';
import { runChild } from './child';
import { terraformChild, type Stack } from './stack';
import { failureOf, withoutControls } from './words';

/**
 * Applies a saved plan, and passes on what terraform says of each resource meanwhile.
 *
 * @param onLine - told of each line of its output
 */
export async function applyPlan(
  context: Context,
  stack: Stack,
  file: string,
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  const args = ['apply', '-input=false', '-no-color', file];
  const ended = await runChild(
    terraformChild(context, stack, args, (line) => {
      onLine(line);
      noteProgress(context, line);
    }),
  );
  if (ended.status === 0) return;
  throw new Failed(
    'terraform apply failed. What was applied stays; run the same command again to finish.\n' +
      failureOf(ended),
  );
}

/** Passes on the lines that tell what terraform does to a resource. */
function noteProgress({ terminal }: Context, line: string): void {
  const progress = /(?:^|\s)(google_[\w.-]+: (?:Creat|Modif|Destr|Destruction|Import)[^[]*)/.exec(
    withoutControls(line),
  );
  if (progress?.[1] !== undefined) note(terminal, `  ${progress[1].trim()}`);
}
