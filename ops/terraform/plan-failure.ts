import type { Context } from '../context';
import { Failed } from '../errors';
import { AGAIN, inOrder, manual, recipe, when, type Fix } from '../fixes/fix';
import { refusedDeletions } from '../plan-review/protection';
import { deletionRefused } from './protection';
import type { Stack } from './stack';
import { lockFix } from './state-lock';

/**
 * The error for a plan that failed, and that was to be applied.
 *
 * @param failure - the errors that terraform printed
 */
export function planFailed(context: Context, stack: Stack, failure: string): Failed {
  // Terraform would print the whole configuration, which is in one line.
  const refused = refusedDeletions(failure);
  if (refused.length > 0) return deletionRefused(stack, refused);
  return new Failed(
    `terraform plan failed, so nothing was changed:\n${failure}`,
    lockFix(context, stack, failure) ?? doctorOrTerraform(stack),
  );
}

/** The doctor knows Google's side; an error in the configuration only terraform names. */
function doctorOrTerraform({ stage }: Stack): Fix {
  return inOrder(
    recipe('doctor', stage),
    when('if it finds no failures', manual('correct what terraform names above')),
    AGAIN,
  );
}
