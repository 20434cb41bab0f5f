import type { StageName } from '../../stages/stages';
import { count } from '../../lib/count';
import { table, type Text } from '../../lib/text/text';
import { CONFIRM, STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed, Interrupted, withFix } from '../errors';
import { describeLocation, listJobs, shortName } from '../google/scheduler';
import { listStageJobs } from '../jobs/stage-jobs';
import { readStage, tableJobs } from '../jobs/table';
import { noteUntouched, untouchedInJson, type UnmanagedJob } from '../jobs/unmanaged';
import { CONSENT_KINDS } from '../plan-review/consent';
import { JOB_TYPE } from '../plan-review/job/job';
import type { Review } from '../plan-review/review';
import { beyondDeletion } from '../plan-review/rules';
import { withProgress } from '../progress';
import { confirm, note, print, printJson } from '../terminal';
import { findExisting } from '../terraform/existing';
import { withPlan } from '../terraform/planner';
import { requireUnprotected } from '../terraform/protection';
import { ALERT } from '../terraform/resource-types';
import { prepareStack, type Stack } from '../terraform/stack';
import { judge } from '../terraform/verdict';
import type { StateResource } from '../terraform/state';
import { notInState, readOwnState } from '../terraform/state-check';
import { AGAIN, inOrder, recipe } from '../fixes/fix';

export function define(add: AddCommand): void {
  add('delete-all', "Delete a stage's jobs and alerts", deleteAll)
    .argument('<stage>', STAGE_HELP)
    .option(...CONFIRM);
}

interface DeleteAllArguments {
  readonly stage: string;
  readonly confirm?: string;
}

/**
 * Alerts are deleted with the jobs, since they would report the deleted jobs as missed. The metric
 * that they read stays, to keep its history; the grant and the APIs stay, since others use them.
 */
const DELETED_TYPES = [JOB_TYPE, ALERT];

/** Deletes a stage's jobs and alerts through Terraform, and nothing else. */
export async function deleteAll(context: Context, args: DeleteAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const stack = await prepareStack(context, stage);
  const state = await readOwnState(context, stack);
  if (state.length === 0) await requireNoneExist(context, stack);
  const toDelete = state.filter(({ type }) => DELETED_TYPES.includes(type));
  requireUnprotected(stack, toDelete);
  // Read before: where the worker is gone, the jobs that are deleted say where it was.
  const { untouched } = await listStageJobs(context, stage);
  if (toDelete.length > 0) {
    // Without a refresh: data sources fail when the worker or the account does not exist.
    const options = ['-destroy', '-refresh=false', ...targets(toDelete)];
    await withPlan(context, stack, { purpose: 'apply', options }, async (plan) => {
      requireExactly(await judge(plan, stage, { allowed: CONSENT_KINDS }), toDelete);
      note(context.terminal, describe(context, toDelete));
      await confirm(context, {
        question: `Delete ${countByKind(toDelete)} of ${stage} in ${describeLocation(context.location)}?`,
        expected: stack.name,
        given: args.confirm,
        refusal: 'Nothing was deleted.',
      });
      await withProgress(context.terminal, `Deleting from ${stack.name} …`, () => plan.apply());
      if (context.signal.aborted) {
        throw new Interrupted(
          `Interrupted, but ${countByKind(toDelete)} of ${stage} were deleted.`,
        );
      }
    });
  }
  const remaining = await remainingJobs(context, stage);
  report(context, stage, toDelete, { remaining, untouched });
  return remaining.length === 0 ? 0 : 1;
}

function targets(resources: readonly StateResource[]): string[] {
  return resources.map(({ address }) => `-target=${address}`);
}

/** Fails unless the plan deletes exactly these resources, and does nothing else. */
function requireExactly(review: Review, toDelete: readonly StateResource[]): void {
  const lines = beyondDeletion(
    review,
    toDelete.map(({ address }) => address),
  );
  if (lines.length === 0) return;
  throw new Failed(
    `Nothing was deleted: the plan must delete ${countByKind(toDelete)} and nothing else, but:\n  ${lines.join('\n  ')}`,
  );
}

/** Fails if jobs or alerts exist although the state is empty, which then is not the stage's. */
async function requireNoneExist(context: Context, stack: Stack): Promise<void> {
  const existing = await findExisting(context, stack, [], DELETED_TYPES);
  if (existing.length > 0) throw notInState(context, stack, [], existing);
}

/** Jobs of the table that still exist, since they are not in the state. */
async function remainingJobs(context: Context, stage: StageName): Promise<string[]> {
  const names = new Set(tableJobs(context, [stage]).map(({ name }) => name));
  const live = await listJobs(context.client, context.location);
  return live.map(shortName).filter((name) => names.has(name));
}

/** `6 jobs and 7 alerts` */
function countByKind(resources: readonly StateResource[]): string {
  const jobs = resources.filter(({ type }) => type === JOB_TYPE).length;
  const alerts = resources.length - jobs;
  return `${count(jobs, 'job')}${alerts === 0 ? '' : ` and ${count(alerts, 'alert')}`}`;
}

function describe({ location }: Context, toDelete: readonly StateResource[]): Text {
  return table(
    [`to delete in ${describeLocation(location)}`, 'resource'],
    toDelete.map(({ name, address }) => [name, address]),
  );
}

function report(
  { terminal, json, location }: Context,
  stage: StageName,
  deleted: readonly StateResource[],
  { remaining, untouched }: { remaining: readonly string[]; untouched: readonly UnmanagedJob[] },
): void {
  if (json) {
    printJson(terminal, {
      ...location,
      stage,
      deleted: deleted.map(({ address, name }) => ({ address, name })),
      remaining,
      untouched: untouchedInJson(untouched),
    });
    return;
  }
  const place = describeLocation(location);
  print(
    terminal,
    deleted.length === 0
      ? `Nothing to delete: Terraform manages no jobs or alerts of ${stage} in ${place}.`
      : `Deleted ${countByKind(deleted)} of ${stage} in ${place}. To recreate them: just gcp-scheduler-setup ${stage}`,
  );
  noteUntouched(terminal, untouched);
  if (remaining.length === 0) return;
  note(
    terminal,
    withFix(
      `These jobs were not deleted, because Terraform does not manage them: ${remaining.join(', ')}`,
      inOrder(recipe('import', stage, '--apply'), AGAIN),
    ),
  );
}
