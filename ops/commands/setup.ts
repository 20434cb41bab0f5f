import type { StageName } from '../../stages/stages';
import { STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Interrupted } from '../errors';
import { describeLocation } from '../google/scheduler';
import {
  compareStage,
  comparisonInJson,
  describeMismatches,
  warnOfMismatches,
  type Comparison,
} from '../jobs/mismatch';
import { readStage } from '../jobs/table';
import { reviewInJson } from '../plan-review/json';
import type { Review } from '../plan-review/review';
import { withProgress } from '../progress';
import { printReview } from '../review-output';
import { note, print, printJson } from '../terminal';
import { applyInOrder } from '../terraform/apply-in-order';
import { EXPECT_DIGEST, readDigest, requireDigest } from '../terraform/expected-digest';
import { findExisting } from '../terraform/existing';
import type { StagePlan } from '../terraform/plan';
import { withPlan } from '../terraform/planner';
import { UNREPEATABLE } from '../terraform/resource-types';
import { prepareStack, type Stack } from '../terraform/stack';
import type { StateResource } from '../terraform/state';
import { notInState, readOwnState } from '../terraform/state-check';
import { removeTokens } from '../terraform/tokens';
import { requireChannels } from '../terraform/alert-channels';
import { ALLOW, judge, readKinds, requireConsent, REVIEW_FILE } from '../terraform/verdict';

interface SetupArguments {
  readonly stage: string;
  /** Kinds of failing findings to accept, as typed: `destroy,stop`. @default - none */
  readonly allow?: string;
  /** A file to write the review to, as Markdown. @default - none */
  readonly reviewFile?: string;
  /** The digest of the changes that were reviewed. @default - any changes */
  readonly expectDigest?: string;
}

export function define(add: AddCommand): void {
  add('setup', 'Deploy a stage: plan it, review the plan, apply it', setup)
    .argument('<stage>', STAGE_HELP)
    .option(...ALLOW)
    .option(...REVIEW_FILE)
    .option(...EXPECT_DIGEST);
}

/** Deploys a stage: applies exactly the plan whose review it shows. */
async function setup(context: Context, args: SetupArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const allowed = readKinds(args.allow);
  const expected = readDigest(args.expectDigest);
  const { reviewFile } = args;
  const stack = await prepareStack(context, stage);
  // Terraform takes longer to plan than its state takes to be read, or Google to answer.
  const reading = readOwnState(context, stack);
  const comparing = compareStage(context, stage);
  const deploy = async (plan: StagePlan): Promise<ExitStatus> => {
    const state = await reading;
    const { hasChanges } = plan;
    const before = await comparing;
    const { mismatches } = before;
    // Reading a plan takes longer than finding that it is empty.
    const review =
      hasChanges || reviewFile !== undefined
        ? await judge(plan, stage, { allowed, reviewFile, mismatches })
        : undefined;
    if (!hasChanges || review === undefined) {
      await removeTokens(context, stack, state, { isApplied: false });
      return report(context, stage, undefined, before);
    }
    requireDigest(stack, review, expected);
    await requireNoneToImport(context, stack, state, review);
    await requireChannels(context);
    if (!context.json) {
      note(context.terminal, '');
      printReview(context.terminal, context.terminal.errors, review);
      note(context.terminal, '');
    }
    await requireConsent(context, stack, review, 'setup');
    await withProgress(context.terminal, `Deploying ${stack.name} …`, () =>
      applyInOrder(context, stack, plan, review, state),
    );
    if (context.signal.aborted) throw new Interrupted(`Interrupted, but ${stage} is deployed.`);
    await removeTokens(context, stack, state, { isApplied: true });
    return report(context, stage, review, await compareStage(context, stage));
  };
  const [planned, read] = await Promise.allSettled([
    withPlan(context, stack, { purpose: 'apply' }, deploy),
    reading,
  ]);
  // A wrong state explains a plan that failed, too.
  if (read.status === 'rejected') throw read.reason;
  if (planned.status === 'rejected') throw planned.reason;
  return planned.value;
}

/** Fails if the plan creates what exists: Google would refuse midway, or make an alert twice. */
async function requireNoneToImport(
  context: Context,
  stack: Stack,
  state: readonly StateResource[],
  { changes }: Review,
): Promise<void> {
  const created = changes.filter(({ action }) => action === 'created');
  const types = UNREPEATABLE.filter((type) => created.some((change) => change.type === type));
  const existing = await findExisting(context, stack, state, types);
  if (existing.length > 0) throw notInState(context, stack, state, existing);
}

/**
 * Prints what was deployed; without a review, that nothing was. What still does not match the table is
 * no failure of the deploy, but it is never called up to date.
 */
function report(
  { terminal, json, location }: Context,
  stage: StageName,
  review: Review | undefined,
  comparison: Comparison,
): 0 {
  if (json) {
    printJson(terminal, {
      ...location,
      stage,
      changed: review !== undefined,
      changes: (review?.changes ?? []).map(({ action, address }) => ({ action, address })),
      review: review === undefined ? null : reviewInJson(review),
      ...comparisonInJson(comparison),
    });
    return 0;
  }
  warnOfMismatches(terminal, stage, comparison);
  const rest = describeMismatches(comparison);
  const place = describeLocation(location);
  if (review !== undefined) print(terminal, `${stage} is deployed to ${place}${rest}.`);
  else if (rest !== '')
    print(terminal, `Terraform has no changes for ${stage} in ${place}${rest}.`);
  else print(terminal, `${stage} is up to date in ${place}.`);
  return 0;
}
