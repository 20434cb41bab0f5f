import type { StageName } from '../../stages/stages';
import { renderTable } from '../../lib/table';
import type { Context, ExitStatus } from '../context';
import { Failed } from '../errors';
import { GoogleError } from '../google/error';
import { listJobs, shortName } from '../google/scheduler';
import { jobAddress, readStage, tableJobs } from '../jobs/table';
import { confirm, note, print, printJson } from '../terminal';
import { withPlan, type Change } from '../terraform/plan';
import { prepareStack, type Stack } from '../terraform/stack';

export interface SetupArguments {
  readonly stage: string;
  readonly confirm?: string;
}

/** Deploys a stage, and says what that changed. */
export async function setup(context: Context, args: SetupArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const stack = await prepareStack(context, stage);
  await withPlan(context, stack, [], async (plan) => {
    const { isEmpty, changes } = plan;
    if (!isEmpty) {
      await requireNoneUnowned(context, stage, changes);
      await agreeToLosses(context, stack, changes, args.confirm);
      note(context.terminal, `Deploying ${stack.name} …`);
      // What was looked at, and agreed to. `cdktf deploy` would make another plan.
      await plan.apply();
    }
    report(context, stage, isEmpty, changes);
  });
  return 0;
}

/** Jobs that were made by hand are taken over, not made again: Google would refuse that midway. */
async function requireNoneUnowned(
  context: Context,
  stage: StageName,
  changes: readonly Change[],
): Promise<void> {
  const created = new Set(
    changes.filter(({ action }) => action === 'create').map(({ address }) => address),
  );
  const jobs = tableJobs(context.settings, context.location, [stage]);
  const toCreate = jobs.filter(({ task }) => created.has(jobAddress(task)));
  if (toCreate.length === 0) return;
  const live = await liveNames(context);
  const unowned = toCreate.map(({ name }) => name).filter((name) => live.has(name));
  if (unowned.length === 0) return;
  throw new Failed(
    `Nothing was changed: terraform would make jobs that exist already: ${unowned.join(', ')}`,
    `just gcp-scheduler-import ${stage} --apply`,
  );
}

/** Before the first deploy the API may be disabled; then there are none. */
async function liveNames({ client, location }: Context): Promise<Set<string>> {
  try {
    return new Set((await listJobs(client, location)).map(shortName));
  } catch (error) {
    if (error instanceof GoogleError) return new Set();
    throw error;
  }
}

/** What a deploy destroys is shown and asked for; the rest is what a deploy is for. */
async function agreeToLosses(
  { terminal, signal }: Context,
  { name }: Stack,
  changes: readonly Change[],
  given: string | undefined,
): Promise<void> {
  const lost = changes.filter(({ action }) => action === 'delete' || action === 'replace');
  if (lost.length === 0) return;
  const lines = lost.map(({ action, address }) => `  ${action} ${address}`);
  note(terminal, `The deploy destroys:\n${lines.join('\n')}`);
  const question = 'Deploy all the same?';
  if (await confirm(terminal, { question, expected: name, given, signal })) return;
  throw new Failed('Nothing was changed.');
}

function report(
  { terminal, json }: Context,
  stage: StageName,
  isEmpty: boolean,
  changes: readonly Change[],
): void {
  if (json) {
    printJson(terminal, {
      stage,
      changed: !isEmpty,
      changes: changes.map(({ action, address }) => ({ action, address })),
    });
    return;
  }
  if (isEmpty) {
    print(terminal, `${stage} is unchanged: it is as the table has it.`);
    return;
  }
  const rows = changes.map(({ action, address }) => [action, address]);
  if (rows.length > 0) print(terminal, renderTable(['done', 'resource'], rows));
  print(terminal, `${stage} is deployed.`);
}
