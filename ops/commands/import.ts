import { count } from '../../lib/count';
import { CONFIRM, STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { describeLocation } from '../google/scheduler';
import { compareStage } from '../jobs/mismatch';
import { readStage } from '../jobs/table';
import { JOB_TYPE } from '../plan-review/job/job';
import type { Review } from '../plan-review/review';
import { beyondImport } from '../plan-review/rules';
import { withProgress } from '../progress';
import { printReview } from '../review-output';
import { confirm, note, print } from '../terminal';
import { withImportBlocks } from '../terraform/import-blocks';
import { describeImportable, reportImport } from '../terraform/import-output';
import { findImportable, type Importable } from '../terraform/importable';
import { withPlan } from '../terraform/planner';
import { UNREPEATABLE } from '../terraform/resource-types';
import { prepareStack, type Stack } from '../terraform/stack';
import { describeStateOf, readOwnState } from '../terraform/state-check';
import { requireChannels } from '../terraform/alert-channels';
import { ALLOW, judge, readKinds, requireConsent } from '../terraform/verdict';

interface ImportArguments {
  readonly stage: string;
  /** Whether to import them. @default - they are only shown */
  readonly apply?: boolean;
  /** Kinds of failing findings to accept, as typed; an import never destroys. @default - none */
  readonly allow?: string;
  readonly confirm?: string;
}

export function define(add: AddCommand): void {
  add(
    'import',
    'Show jobs and alerts that Terraform does not manage; --apply imports them',
    importStage,
  )
    .argument('<stage>', STAGE_HELP)
    .option('--apply', 'import them and update them to match the table')
    .option(...ALLOW)
    .option(...CONFIRM);
}

/** Imports all that a stage declares, and that exists without being in its state. */
export async function importStage(context: Context, args: ImportArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const allowed = readKinds(args.allow);
  const stack = await prepareStack(context, stage);
  const state = await readOwnState(context, stack);
  const found = await findImportable(context, stack, state);
  if (found.resources.length === 0) {
    reportImport(context, stage, found, []);
    return 0;
  }
  if (!context.json) print(context.terminal, describeImportable(context, found));
  if (state.length === 0) await requireLost(context, stack, found, args);
  return withImportBlocks(stack, found.resources, async () => {
    const purpose = args.apply ? 'apply' : 'review';
    return withPlan<ExitStatus>(context, stack, { purpose }, async (plan) => {
      const review = await judge(plan, stage, { allowed });
      requireNoLoss(review, found);
      if (!review.passed) printReview(context.terminal, context.terminal.errors, review);
      if (args.apply) {
        await requireChannels(context);
        await requireConsent(context, stack, review, 'import', '--apply');
        await withProgress(context.terminal, `Importing into ${stack.name} …`, () => plan.apply());
      }
      const applied = args.apply ? await compareStage(context, stage) : undefined;
      reportImport(context, stage, found, review.changes, applied);
      return 0;
    });
  });
}

/**
 * An empty state is most often the wrong one. Alerts and the metric are made by deploys only, so
 * where they exist, there was another state.
 */
async function requireLost(
  context: Context,
  stack: Stack,
  { resources }: Importable,
  args: ImportArguments,
): Promise<void> {
  const { terminal, location } = context;
  note(
    terminal,
    `The state of ${stack.name} is empty. It was looked for in ${describeStateOf(context, stack)}.\n` +
      `If ${stack.stage} was deployed with another state, do not import: two states would then manage the same resources.`,
  );
  if (
    !args.apply ||
    resources.every(({ type }) => type === JOB_TYPE || !UNREPEATABLE.includes(type))
  ) {
    return;
  }
  await confirm(context, {
    question: `Import ${count(resources.length, 'resource')} of ${stack.stage} in ${describeLocation(location)}, because the earlier state is lost?`,
    expected: stack.name,
    given: args.confirm,
    refusal: 'Nothing was imported.',
  });
}

/** Fails unless the plan imports exactly what was found, and destroys nothing. */
function requireNoLoss(review: Review, { resources }: Importable): void {
  const lines = beyondImport(
    review,
    resources.map(({ address }) => address),
  );
  if (lines.length === 0) return;
  throw new Failed(
    `Nothing was imported: the plan must import exactly what was found and destroy nothing, but:\n  ${lines.join('\n  ')}`,
  );
}
