import type { StageName } from '../../stages/stages';
import { STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { GoogleError } from '../google/error';
import { listJobs, shortName } from '../google/scheduler';
import {
  compareStage,
  comparisonInJson,
  describeMismatches,
  warnOfMismatches,
  type Comparison,
} from '../jobs/mismatch';
import { jobAddress, readStage, tableJobs } from '../jobs/table';
import { reviewInJson } from '../plan-review/json';
import { reviewInMarkdown } from '../plan-review/markdown/render';
import type { Review } from '../plan-review/review';
import { note, print, printJson } from '../terminal';
import { applyInOrder } from '../terraform/apply-in-order';
import { withPlan } from '../terraform/planner';
import { prepareStack } from '../terraform/stack';
import {
  ALLOW,
  ALLOW_HELP,
  judge,
  readKinds,
  requireConsent,
  REVIEW_FILE,
  REVIEW_FILE_HELP,
} from '../terraform/verdict';

export interface SetupArguments {
  readonly stage: string;
  /** Kinds of failing findings to accept, as typed: `destroy,stop`. @default - none */
  readonly allow?: string;
  /** A file to write the review to, as Markdown. @default - none */
  readonly reviewFile?: string;
}

export function define({ add, run }: CommandLine): void {
  add('setup', 'gcp-scheduler-setup', 'Deploy a stage: plan it, review the plan, apply it')
    .argument('<stage>', STAGE_HELP)
    .option(ALLOW, ALLOW_HELP)
    .option(REVIEW_FILE, REVIEW_FILE_HELP)
    .action((stage: string, options: CommonOptions & Omit<SetupArguments, 'stage'>) =>
      run(options, (context) => setup(context, { stage, ...options })),
    );
}

/** Deploys a stage: applies exactly the plan whose review it shows. */
export async function setup(context: Context, args: SetupArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const allowed = readKinds(args.allow);
  const { reviewFile } = args;
  const stack = await prepareStack(context, stage);
  // Terraform takes longer to plan than Google to answer.
  const comparing = compareStage(context, stage);
  return withPlan(context, stack, { purpose: 'apply' }, async (plan) => {
    const { hasChanges } = plan;
    const before = await comparing;
    const { mismatches } = before;
    // Reading a plan takes longer than finding that it is empty.
    if (!hasChanges && reviewFile === undefined) return report(context, stage, undefined, before);
    const review = await judge(plan, stage, { allowed, reviewFile, mismatches });
    if (!hasChanges) return report(context, stage, undefined, before);
    if (!context.json) note(context.terminal, `\n${reviewInMarkdown(review)}\n`);
    await requireNoneToImport(context, stage, review);
    await requireConsent(context, stack, review, 'setup');
    note(context.terminal, `Deploying ${stack.name} …`);
    await applyInOrder(context, stack, plan, review);
    return report(context, stage, review, await compareStage(context, stage));
  });
}

/** Fails if the plan creates jobs that exist, which Google would refuse midway: they must be imported. */
async function requireNoneToImport(
  context: Context,
  stage: StageName,
  { changes }: Review,
): Promise<void> {
  const created = new Set(
    changes.filter(({ action }) => action === 'created').map(({ address }) => address),
  );
  const jobs = tableJobs(context.settings, context.location, [stage]);
  const toCreate = jobs.filter(({ task }) => created.has(jobAddress(task)));
  if (toCreate.length === 0) return;
  const live = await liveNames(context);
  const existing = toCreate.map(({ name }) => name).filter((name) => live.has(name));
  if (existing.length === 0) return;
  throw new Failed(
    `Nothing was changed: these jobs already exist, but Terraform does not manage them: ${existing.join(', ')}`,
    `just gcp-scheduler-import ${stage} --apply`,
  );
}

/** Names of the live jobs; none while the API is disabled, as before a first deploy. */
async function liveNames({ client, location }: Context): Promise<Set<string>> {
  try {
    return new Set((await listJobs(client, location)).map(shortName));
  } catch (error) {
    if (error instanceof GoogleError) return new Set();
    throw error;
  }
}

/**
 * Prints what was deployed; without a review, that nothing was. What still does not match the table is
 * no failure of the deploy, but it is never called up to date.
 */
function report(
  { terminal, json }: Context,
  stage: StageName,
  review: Review | undefined,
  comparison: Comparison,
): 0 {
  if (json) {
    printJson(terminal, {
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
  if (review !== undefined) print(terminal, `${stage} is deployed${rest}.`);
  else if (rest !== '') print(terminal, `Terraform has no changes for ${stage}${rest}.`);
  else print(terminal, `${stage} is up to date.`);
  return 0;
}
