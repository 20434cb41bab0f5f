import type { Context } from '../context';
import { Failed } from '../errors';
import { note } from '../terminal';
import { runChild } from './child';
import { terraformChild, type Stack } from './stack';

/** Applies a saved plan, and passes on what terraform says of each resource meanwhile. */
export async function applyPlan(context: Context, stack: Stack, file: string): Promise<void> {
  const args = ['apply', '-input=false', '-no-color', file];
  const ended = await runChild(
    terraformChild(context, stack, args, (line) => {
      noteProgress(context, line);
    }),
  );
  if (ended.status === 0) return;
  // In HCP Terraform, the words of the remote terraform are on stdout.
  const words = [ended.stderr, errorsIn(ended.stdout)].join('\n').trim();
  throw new Failed(
    `terraform apply failed. What was applied stays; run the same command again to finish.\n${words}`,
  );
}

/** The part of terraform's output from its first error on. */
export function errorsIn(stdout: string): string {
  const start = stdout.search(/^(?:[│╷] ?)?Error: /m);
  return start === -1 ? '' : stdout.slice(start).trim();
}

/** Passes on the lines that tell what terraform does to a resource. */
function noteProgress({ terminal }: Context, line: string): void {
  const progress = /(?:^|\s)(google_[\w.-]+: (?:Creat|Modif|Destr|Destruction|Import)[^[]*)/.exec(
    line,
  );
  if (progress?.[1] !== undefined) note(terminal, `  ${progress[1].trim()}`);
}
