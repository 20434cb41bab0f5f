import type { StageName } from '../../stages/stages';
import { count } from '../../lib/count';
import { renderTable } from '../../lib/table';
import { STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { differences, type Difference } from '../jobs/compare';
import {
  compareStage,
  comparisonInJson,
  describeMismatches,
  warnOfMismatches,
  type Comparison,
} from '../jobs/mismatch';
import { jobAddress, readStage, type TableJob } from '../jobs/table';
import { findWorkers } from '../jobs/workers';
import { listStageJobs } from '../maintenance';
import type { PlannedChange } from '../plan-review/changes';
import { reviewInMarkdown } from '../plan-review/markdown/render';
import type { Review } from '../plan-review/review';
import { beyondImport } from '../plan-review/rules';
import { note, print, printJson } from '../terminal';
import { withPlan } from '../terraform/planner';
import { prepareStack } from '../terraform/stack';
import { readState } from '../terraform/state';
import { ALLOW, ALLOW_HELP, judge, readKinds, requireConsent } from '../terraform/verdict';

export interface ImportArguments {
  readonly stage: string;
  /** Whether to import them. @default - they are only shown */
  readonly apply?: boolean;
  /** Kinds of failing findings to accept, as typed; an import never destroys. @default - none */
  readonly allow?: string;
}

export function define({ add, run }: CommandLine): void {
  add(
    'import',
    'gcp-scheduler-import',
    'Show existing jobs that Terraform does not manage; --apply imports them',
  )
    .argument('<stage>', STAGE_HELP)
    .option('--apply', 'import them and update them to match the table')
    .option(ALLOW, ALLOW_HELP)
    .action((stage: string, options: CommonOptions & Omit<ImportArguments, 'stage'>) =>
      run(options, (context) => importJobs(context, { stage, ...options })),
    );
}

/** A job of the table that exists and is not in the state. */
interface ImportableJob {
  readonly job: TableJob;
  readonly paused: boolean;
  readonly differences: readonly Difference[];
}

/** Imports the jobs of the table that exist and are not in the state. */
export async function importJobs(context: Context, args: ImportArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const allowed = readKinds(args.allow);
  const found = await findImportableJobs(context, stage);
  if (found.length === 0) {
    report(context, stage, found, []);
    return 0;
  }
  if (!context.json) print(context.terminal, describe(found));
  const imports = found.map(({ job }) => `${stage}/${job.task}`).join(',');
  const stack = await prepareStack(context, stage, imports);
  const purpose = args.apply ? 'apply' : 'review';
  return withPlan<ExitStatus>(context, stack, { purpose }, async (plan) => {
    const review = await judge(plan, stage, { allowed });
    requireNoLoss(review, found);
    if (!review.passed) note(context.terminal, reviewInMarkdown(review));
    if (args.apply) {
      await requireConsent(context, stack, review, 'import --apply');
      await plan.apply();
    }
    const applied = args.apply ? await compareStage(context, stage) : undefined;
    report(context, stage, found, review.changes, applied);
    return 0;
  });
}

async function findImportableJobs(context: Context, stage: StageName): Promise<ImportableJob[]> {
  const stack = await prepareStack(context, stage);
  const [state, jobs, [worker]] = await Promise.all([
    readState(context, stack),
    listStageJobs(context, stage),
    findWorkers(context, [stage]),
  ]);
  const managed = new Set(state.map(({ address }) => address));
  return jobs.flatMap(({ table, live }) => {
    if (live === undefined || managed.has(jobAddress(table.task))) return [];
    return [
      {
        job: table,
        paused: live.state === 'PAUSED',
        differences: differences(live, table, worker?.url),
      },
    ];
  });
}

/** Fails unless the plan imports exactly these jobs, and destroys nothing. */
function requireNoLoss(review: Review, found: readonly ImportableJob[]): void {
  const lines = beyondImport(
    review,
    found.map(({ job }) => jobAddress(job.task)),
  );
  if (lines.length === 0) return;
  throw new Failed(
    `Nothing was imported: the plan must import exactly these jobs and destroy nothing, but:\n  ${lines.join('\n  ')}`,
  );
}

function describe(found: readonly ImportableJob[]): string {
  const rows = found.flatMap(({ job, paused, differences: fields }) => {
    const state = paused ? 'stays paused' : '';
    if (fields.length === 0) return [[job.name, 'matches the table', '', '', state]];
    return fields.map(({ field, live, table }) => [job.name, field, live, table, state]);
  });
  return renderTable(['job', 'field', 'live', 'table', 'note'], rows);
}

function report(
  { terminal, json }: Context,
  stage: StageName,
  found: readonly ImportableJob[],
  changes: readonly PlannedChange[],
  /** How the jobs compare with the table after the import. @default - nothing was imported */
  applied?: Comparison,
): void {
  if (json) {
    printJson(terminal, {
      stage,
      applied: applied !== undefined,
      jobs: found.map(({ job, paused, differences: fields }) => ({
        job: job.name,
        task: job.task,
        paused,
        differences: fields,
      })),
      changes: changes.map(({ address, action, imported }) => ({ address, action, imported })),
      ...(applied && comparisonInJson(applied)),
    });
    return;
  }
  if (found.length === 0) {
    print(terminal, `Nothing to import: Terraform manages every existing job of ${stage}.`);
    return;
  }
  const others = changes.filter(({ imported }) => !imported);
  if (others.length > 0) {
    print(
      terminal,
      renderTable(
        ['other change', 'resource'],
        others.map(({ action, address }) => [action, address]),
      ),
    );
  }
  const jobs = `${count(found.length, 'job')} of ${stage}`;
  if (applied !== undefined) {
    warnOfMismatches(terminal, stage, applied);
    print(terminal, `Imported ${jobs}${describeMismatches(applied)}.`);
    return;
  }
  print(terminal, `${jobs} can be imported. Nothing was changed.`);
  note(terminal, `To import: just gcp-scheduler-import ${stage} --apply`);
}
