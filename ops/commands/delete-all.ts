import type { StageName } from '../../stages/stages';
import { renderTable } from '../../lib/table';
import {
  CONFIRM,
  CONFIRM_HELP,
  STAGE_HELP,
  type CommandLine,
  type CommonOptions,
} from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { listJobs, shortName } from '../google/scheduler';
import { readStage, tableJobs } from '../jobs/table';
import { CONSENT_KINDS } from '../plan-review/consent';
import type { Review } from '../plan-review/review';
import { beyondDeletion } from '../plan-review/rules';
import { confirm, note, print, printJson } from '../terminal';
import { withPlan } from '../terraform/planner';
import { prepareStack } from '../terraform/stack';
import { judge } from '../terraform/verdict';
import { readState, type StateResource } from '../terraform/state';

export function define({ add, run }: CommandLine): void {
  add('delete-all', 'gcp-scheduler-delete-all', "Deletes a stage's jobs and their alerts.")
    .argument('<stage>', STAGE_HELP)
    .option(CONFIRM, CONFIRM_HELP)
    .action((stage: string, options: CommonOptions & { confirm?: string }) =>
      run(options, (context) => deleteAll(context, { stage, ...options })),
    );
}

export interface DeleteAllArguments {
  readonly stage: string;
  readonly confirm?: string;
}

/**
 * What is deleted: the jobs, and the alerts over them, which would tell of jobs that are meant to be
 * gone. The metric that the alerts read stays, and with it their history; so do the grant and the
 * APIs, which others use.
 */
const JOB = 'google_cloud_scheduler_job';
const DELETED_TYPES = [JOB, 'google_monitoring_alert_policy'];

/** Deletes a stage's jobs through terraform, and nothing else. */
export async function deleteAll(context: Context, args: DeleteAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const stack = await prepareStack(context, stage);
  const doomed = (await readState(context, stack)).filter(({ type }) =>
    DELETED_TYPES.includes(type),
  );
  if (doomed.length > 0) {
    // Without a refresh, since the worker or the account that data sources ask for may be gone.
    const options = ['-destroy', '-refresh=false', ...targets(doomed)];
    await withPlan(context, stack, { purpose: 'apply', options }, async (plan) => {
      requireExactly(await judge(plan, stage, { allowed: CONSENT_KINDS }), doomed);
      note(context.terminal, describe(doomed));
      const agreed = await confirm(context.terminal, {
        question: `Delete ${count(doomed)} of ${stage}?`,
        expected: stack.name,
        given: args.confirm,
        signal: context.signal,
      });
      if (!agreed) throw new Failed('Nothing was deleted.');
      await plan.apply();
    });
  }
  const left = await jobsLeft(context, stage);
  report(context, stage, doomed, left);
  return left.length === 0 ? 0 : 1;
}

function targets(resources: readonly StateResource[]): string[] {
  return resources.map(({ address }) => `-target=${address}`);
}

/** The rule of this command over the verdict: exactly these deletions, and nothing else. */
function requireExactly(review: Review, doomed: readonly StateResource[]): void {
  const lines = beyondDeletion(
    review,
    doomed.map(({ address }) => address),
  );
  if (lines.length === 0) return;
  throw new Failed(
    `Nothing was deleted: the plan is not exactly the deletion of ${count(doomed)}.\n  ${lines.join('\n  ')}`,
  );
}

/** Jobs of the table that still exist: terraform does not know them. */
async function jobsLeft(context: Context, stage: StageName): Promise<string[]> {
  const names = new Set(
    tableJobs(context.settings, context.location, [stage]).map(({ name }) => name),
  );
  const live = await listJobs(context.client, context.location);
  return live.map(shortName).filter((name) => names.has(name));
}

/** `6 jobs and 7 alerts` */
function count(resources: readonly StateResource[]): string {
  const jobs = resources.filter(({ type }) => type === JOB).length;
  const alerts = resources.length - jobs;
  return `${jobs} jobs${alerts === 0 ? '' : ` and ${alerts} alerts`}`;
}

function describe(doomed: readonly StateResource[]): string {
  return renderTable(
    ['to be deleted', 'resource'],
    doomed.map(({ name, address }) => [name, address]),
  );
}

function report(
  { terminal, json }: Context,
  stage: StageName,
  deleted: readonly StateResource[],
  left: readonly string[],
): void {
  if (json) {
    printJson(terminal, {
      stage,
      deleted: deleted.map(({ address, name }) => ({ address, name })),
      left,
    });
    return;
  }
  print(
    terminal,
    deleted.length === 0
      ? `Terraform has no job of ${stage}.`
      : `Deleted ${count(deleted)} of ${stage}. To bring them back: just gcp-scheduler-setup ${stage}`,
  );
  if (left.length === 0) return;
  note(
    terminal,
    `These exist still, since terraform does not own them: ${left.join(', ')}\n` +
      `Fix: just gcp-scheduler-import ${stage} --apply, then delete again`,
  );
}
