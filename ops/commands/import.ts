import type { StageName } from '../../stages/stages';
import { renderTable } from '../../lib/table';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { differences, type Difference } from '../jobs/compare';
import { jobAddress, readStage, type TableJob } from '../jobs/table';
import { findWorkers } from '../jobs/workers';
import { jobsOfStageWithState } from '../maintenance';
import { note, print, printJson } from '../terminal';
import { withPlan, type Change } from '../terraform/plan';
import { prepareStack, synthesize } from '../terraform/stack';
import { readState } from '../terraform/state';

export interface ImportArguments {
  readonly stage: string;
  /** Whether to do it. */
  readonly apply?: boolean;
}

/** A job that exists and that terraform does not own. */
interface Found {
  readonly job: TableJob;
  readonly paused: boolean;
  readonly differences: readonly Difference[];
}

/** Takes over the table's jobs that exist and are not in the state. */
export async function importJobs(context: Context, args: ImportArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const found = await findUnowned(context, stage);
  if (found.length === 0) {
    report(context, stage, found, [], false);
    return 0;
  }
  if (!context.json) print(context.terminal, describe(found));
  const imports = found.map(({ job }) => `${stage}/${job.task}`).join(',');
  try {
    const stack = await prepareStack(context, stage, imports);
    const changes = await withPlan(context, stack, [], async (plan) => {
      requireNoLoss(plan.changes, found);
      if (args.apply) await plan.apply();
      return plan.changes;
    });
    report(context, stage, found, changes, args.apply ?? false);
    return 0;
  } finally {
    // Blocks that import what is imported already would be in the next plan.
    if (!context.signal.aborted) await synthesize(context);
  }
}

async function findUnowned(context: Context, stage: StageName): Promise<Found[]> {
  const stack = await prepareStack(context, stage);
  const [state, jobs, [worker]] = await Promise.all([
    readState(context, stack),
    jobsOfStageWithState(context, stage),
    findWorkers(context, [stage]),
  ]);
  const owned = new Set(state.map(({ address }) => address));
  return jobs.flatMap(({ table, live }) => {
    if (live === undefined || owned.has(jobAddress(table.task))) return [];
    return [
      {
        job: table,
        paused: live.state === 'PAUSED',
        differences: differences(live, table, worker?.url),
      },
    ];
  });
}

function requireNoLoss(changes: readonly Change[], found: readonly Found[]): void {
  const lost = changes.filter(({ action }) => action === 'delete' || action === 'replace');
  if (lost.length > 0) {
    const lines = lost.map(({ action, address }) => `  ${action} ${address}`);
    throw new Failed(`Nothing was imported: the plan destroys.\n${lines.join('\n')}`);
  }
  const imported = changes.filter((change) => change.imported).length;
  if (imported === found.length) return;
  throw new Failed(
    `Nothing was imported: the plan imports ${imported} jobs instead of ${found.length}.`,
  );
}

function describe(found: readonly Found[]): string {
  const rows = found.flatMap(({ job, paused, differences: fields }) => {
    const state = paused ? 'paused, and stays so' : '';
    if (fields.length === 0) return [[job.name, 'as the table has it', '', '', state]];
    return fields.map(({ field, live, table }) => [job.name, field, live, table, state]);
  });
  return renderTable(['job', 'field', 'live', 'table', ''], rows);
}

function report(
  { terminal, json }: Context,
  stage: StageName,
  found: readonly Found[],
  changes: readonly Change[],
  applied: boolean,
): void {
  if (json) {
    printJson(terminal, {
      stage,
      applied: applied && found.length > 0,
      jobs: found.map(({ job, paused, differences: fields }) => ({
        job: job.name,
        task: job.task,
        paused,
        differences: fields,
      })),
      changes: changes.map(({ address, action, imported }) => ({ address, action, imported })),
    });
    return;
  }
  if (found.length === 0) {
    print(terminal, `Nothing to import: terraform owns every job of ${stage} that exists.`);
    return;
  }
  const others = changes.filter(({ imported }) => !imported);
  if (others.length > 0) {
    print(
      terminal,
      renderTable(
        ['besides', 'resource'],
        others.map(({ action, address }) => [action, address]),
      ),
    );
  }
  print(
    terminal,
    applied
      ? `Imported ${found.length} jobs of ${stage}; they are as the table has them.`
      : `${found.length} jobs of ${stage} can be imported; nothing is destroyed, and nothing was changed yet.`,
  );
  if (!applied) note(terminal, `To do it: just gcp-scheduler-import ${stage} --apply`);
}
