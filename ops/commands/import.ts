import type { StageName } from '../../stages/stages';
import { count } from '../../lib/count';
import { table, type Text } from '../../lib/text/text';
import { CONFIRM, STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { describeLocation } from '../google/scheduler';
import { differences, type Difference } from '../jobs/compare';
import {
  compareStage,
  comparisonInJson,
  describeMismatches,
  warnOfMismatches,
  type Comparison,
} from '../jobs/mismatch';
import { listStageJobs } from '../jobs/stage-jobs';
import { jobAddress, readStage, type TableJob } from '../jobs/table';
import type { PlannedChange } from '../plan-review/changes';
import { JOB_TYPE } from '../plan-review/job/job';
import type { Review } from '../plan-review/review';
import { beyondImport } from '../plan-review/rules';
import { withProgress } from '../progress';
import { printReview } from '../review-output';
import { confirm, note, print, printJson } from '../terminal';
import { findExisting, UNREPEATABLE, type Existing } from '../terraform/existing';
import { withImportBlocks } from '../terraform/import-blocks';
import { withPlan } from '../terraform/planner';
import { prepareStack, type Stack } from '../terraform/stack';
import type { StateResource } from '../terraform/state';
import { describeStateOf, readOwnState } from '../terraform/state-check';
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

/** What can be imported of a stage. */
interface Found {
  readonly resources: readonly Existing[];
  readonly jobs: readonly ImportableJob[];
}

/** A job of the table that exists and is not in the state. */
interface ImportableJob {
  readonly job: TableJob;
  readonly paused: boolean;
  /** Whether it retries by the API's defaults, which Terraform writes out without a change in behavior. */
  readonly unsetRetries: boolean;
  readonly differences: readonly Difference[];
}

/** Imports all that a stage declares, and that exists without being in its state. */
export async function importStage(context: Context, args: ImportArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const allowed = readKinds(args.allow);
  const stack = await prepareStack(context, stage);
  const state = await readOwnState(context, stack);
  const found = await findImportable(context, stack, state);
  if (found.resources.length === 0) {
    report(context, stage, found, []);
    return 0;
  }
  if (!context.json) print(context.terminal, describe(context, found));
  if (state.length === 0) await requireLost(context, stack, found, args);
  return withImportBlocks(stack, found.resources, async () => {
    const purpose = args.apply ? 'apply' : 'review';
    return withPlan<ExitStatus>(context, stack, { purpose }, async (plan) => {
      const review = await judge(plan, stage, { allowed });
      requireNoLoss(review, found);
      if (!review.passed) printReview(context.terminal, context.terminal.errors, review);
      if (args.apply) {
        await requireConsent(context, stack, review, 'import', '--apply');
        await withProgress(context.terminal, `Importing into ${stack.name} …`, () => plan.apply());
      }
      const applied = args.apply ? await compareStage(context, stage) : undefined;
      report(context, stage, found, review.changes, applied);
      return 0;
    });
  });
}

async function findImportable(
  context: Context,
  stack: Stack,
  state: readonly StateResource[],
): Promise<Found> {
  const [resources, { jobs, worker }] = await Promise.all([
    findExisting(context, stack, state),
    listStageJobs(context, stack.stage),
  ]);
  // The rest may belong to others as well, and a deploy takes it as it is.
  if (!resources.some(({ type }) => UNREPEATABLE.includes(type)))
    return { resources: [], jobs: [] };
  const addresses = resources.map(({ address }) => address);
  return {
    resources,
    jobs: jobs.flatMap(({ table, live }) => {
      if (live === undefined || !addresses.includes(jobAddress(table.task))) return [];
      return [
        {
          job: table,
          paused: live.state === 'PAUSED',
          unsetRetries: live.retryConfig === undefined,
          differences: differences(live, table, worker.url),
        },
      ];
    }),
  };
}

/**
 * An empty state is most often the wrong one. Alerts and the metric are made by deploys only, so
 * where they exist, there was another state.
 */
async function requireLost(
  context: Context,
  stack: Stack,
  { resources }: Found,
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
function requireNoLoss(review: Review, { resources }: Found): void {
  const lines = beyondImport(
    review,
    resources.map(({ address }) => address),
  );
  if (lines.length === 0) return;
  throw new Failed(
    `Nothing was imported: the plan must import exactly what was found and destroy nothing, but:\n  ${lines.join('\n  ')}`,
  );
}

function describe({ location }: Context, { jobs, resources }: Found): Text {
  const place = describeLocation(location);
  const rows = jobs.flatMap(({ job, paused, unsetRetries, differences: fields }) => {
    const notes = [
      paused ? 'stays paused' : [],
      unsetRetries ? 'default retries are written out' : [],
    ];
    const state = notes.flat().join('; ');
    if (fields.length === 0) return [[job.name, 'matches the table', '', '', state]];
    return fields.map(({ field, live, table }) => [job.name, field, live, table, state]);
  });
  const others = resources.filter(({ type }) => type !== JOB_TYPE);
  const tables = [
    { head: [`job in ${place}`, 'field', 'live', 'table', 'note'], rows },
    {
      head: [`also in ${place}`, 'resource'],
      rows: others.map(({ name, address }) => [name, address]),
    },
  ];
  return tables
    .filter(({ rows: { length } }) => length > 0)
    .map(({ head, rows: ofTable }, index) => [index === 0 ? '' : '\n', table(head, ofTable)]);
}

function report(
  { terminal, json, location }: Context,
  stage: StageName,
  { jobs, resources }: Found,
  changes: readonly PlannedChange[],
  /** How the jobs compare with the table after the import. @default - nothing was imported */
  applied?: Comparison,
): void {
  if (json) {
    printJson(terminal, {
      ...location,
      stage,
      applied: applied !== undefined,
      jobs: jobs.map(({ job, paused, differences: fields }) => ({
        job: job.name,
        task: job.task,
        paused,
        differences: fields,
      })),
      resources: resources.map(({ address, name, id }) => ({ address, name, id })),
      changes: changes.map(({ address, action, imported }) => ({ address, action, imported })),
      ...(applied && comparisonInJson(applied)),
    });
    return;
  }
  const place = describeLocation(location);
  if (resources.length === 0) {
    print(
      terminal,
      `Nothing to import: Terraform manages every existing job and alert of ${stage} in ${place}.`,
    );
    return;
  }
  const others = changes.filter(({ imported }) => !imported);
  if (others.length > 0) {
    print(
      terminal,
      table(
        ['other change', 'resource'],
        others.map(({ action, address }) => [action, address]),
      ),
    );
  }
  const what = `${countByKind(jobs.length, resources.length - jobs.length)} of ${stage} in ${place}`;
  if (applied !== undefined) {
    warnOfMismatches(terminal, stage, applied);
    print(terminal, `Imported ${what}${describeMismatches(applied)}.`);
    return;
  }
  print(terminal, `${what} can be imported. Nothing was changed.`);
  note(terminal, `To import: just gcp-scheduler-import ${stage} --apply`);
}

/** `6 jobs and 13 other resources` */
function countByKind(jobs: number, others: number): string {
  const counts = [
    ...(jobs === 0 ? [] : [count(jobs, 'job')]),
    ...(others === 0 ? [] : [count(others, 'other resource')]),
  ];
  return counts.join(' and ');
}
