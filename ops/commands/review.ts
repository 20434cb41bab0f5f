import path from 'node:path';
import type { Mistake } from '../../constructs/core/mistake';
import { missingChannels } from '../terraform/alert-channels';
import { PRODUCTION } from '../../stages/naming';
import { STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { UsageError } from '../errors';
import { compareStage } from '../jobs/mismatch';
import { readStage } from '../jobs/table';
import { reviewInJson } from '../plan-review/json';
import type { Review } from '../plan-review/review';
import { printReview } from '../review-output';
import { note, printJson, warn } from '../terminal';
import { withPlan } from '../terraform/planner';
import { readSavedPlan } from '../terraform/saved-plan';
import { prepareStack } from '../terraform/stack';
import { ALLOW, judge, judgePlan, readKinds, REVIEW_FILE, type Terms } from '../terraform/verdict';

interface ReviewArguments {
  /** Required without `plan`. */
  readonly stage?: string;
  /** A file with a plan as JSON, or `-` for stdin. @default - the stage is planned */
  readonly plan?: string;
  /** A file to save the plan in, for `terraform apply`. @default - it is not saved */
  readonly out?: string;
  /** Kinds of failing findings to accept, as typed: `destroy,stop`. @default - none */
  readonly allow?: string;
  /** A file to write the review to, as Markdown. @default - none */
  readonly reviewFile?: string;
  /** Whether to print Markdown. @default - unless stdout is a terminal */
  readonly markdown?: boolean;
  /** A file to write the digest of the changes to, for `setup --expect-digest`. @default - none */
  readonly digestFile?: string;
}

export function define(add: AddCommand): void {
  add(
    'review',
    'Review what a deploy would change; exit with 1 if the review fails',
    review,
    needsProject,
  )
    .argument('[stage]', `${STAGE_HELP}; optional with --plan`)
    .option(
      '--plan <file>',
      'review this plan, written by terraform show -json, instead of planning; - for stdin',
    )
    .option('--out <file>', 'save the plan in this file, for terraform apply')
    .option(...ALLOW)
    .option(...REVIEW_FILE)
    .option('--markdown', 'print Markdown, which is the default unless stdout is a terminal')
    .option('--no-markdown', 'print plain text')
    .option('--digest-file <file>', 'write the digest of the changes to this file');
}

function needsProject({ plan }: ReviewArguments): boolean {
  return plan === undefined;
}

/** Reviews a plan and prints the review; exits with 1 when it fails. */
async function review(context: Context, args: ReviewArguments): Promise<ExitStatus> {
  const { reviewFile, digestFile } = args;
  const terms = { allowed: readKinds(args.allow), reviewFile, digestFile };
  const result =
    args.plan === undefined
      ? await reviewStage(context, args, terms)
      : reviewSaved(args.plan, args, terms);
  if (context.json) printJson(context.terminal, reviewInJson(result));
  else printReview(context.terminal, context.terminal.output, result, args.markdown);
  return result.passed ? 0 : 1;
}

async function reviewStage(
  context: Context,
  { stage: given, out }: ReviewArguments,
  terms: Terms,
): Promise<Review> {
  if (given === undefined) throw new UsageError(NOTHING_TO_REVIEW);
  const stage = readStage(given);
  const stack = await prepareStack(context, stage, context.env.IMPORT_EXISTING);
  const keepIn = out === undefined ? undefined : path.resolve(out);
  const comparing = compareStage(context, stage);
  const missing = missingChannels(context);
  return withPlan(context, stack, { purpose: 'review', keepIn }, async (plan) => {
    if (plan.failure !== undefined) note(context.terminal, plan.failure);
    const { mismatches, gap } = await comparing;
    if (gap !== undefined) warn(context.terminal, stage, gap);
    const channels = await missing;
    if (channels !== undefined) warn(context.terminal, stage, channels.message);
    return judge(plan, stage, { ...terms, mismatches });
  });
}

function reviewSaved(plan: string, { stage: given, out }: ReviewArguments, terms: Terms): Review {
  if (out !== undefined) throw new UsageError(outWithPlan(out));
  const stage = given === undefined ? undefined : readStage(given);
  return judgePlan(readSavedPlan(plan), stage, terms);
}

const NOTHING_TO_REVIEW: Mistake = {
  subject: '<stage> or --plan',
  given: undefined,
  fix: `pass the stage to plan, as in just gcp-scheduler-review ${PRODUCTION}`,
};

function outWithPlan(given: string): Mistake {
  return {
    subject: '--out',
    given,
    wrong: 'must not be used with --plan, which is saved already',
    fix: 'omit one of them',
  };
}
