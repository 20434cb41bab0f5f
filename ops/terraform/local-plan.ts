import fs from 'node:fs';
import path from 'node:path';
import type { Context } from '../context';
import { Failed } from '../errors';
import { parsePlan } from './parse-plan';
import { runChild, type Child, type Ended } from './child';
import { applyPlan } from './apply';
import type { MadePlan, PlanRequest } from './plan';
import { initialize, terraform, terraformChild, type Stack } from './stack';

/** What terraform says when a folder was not initialized for its present configuration. */
const WANTS_INIT = /terraform init/;

/** Plans with terraform on this machine, whether the state is a file or in a bucket. */
export async function planHere(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  scratch: string,
): Promise<MadePlan> {
  const file = path.join(scratch, 'plan');
  // Nothing is applied from a plan that is not kept, so it need not hold up a deploy.
  const lock = request.purpose === 'review' && request.keepIn === undefined ? ['-lock=false'] : [];
  const args = [`-out=${file}`, ...lock, ...(request.options ?? [])];
  const ended = await runPlan(context, stack, args);
  // 0: nothing to do; 2: something to do.
  const failure = ended.status === 0 || ended.status === 2 ? undefined : ended.stderr.trim();
  if (failure !== undefined && (request.purpose === 'apply' || !fs.existsSync(file))) {
    throw new Failed(
      `terraform plan failed, so nothing was changed:\n${failure}`,
      `just gcp-scheduler-doctor ${stack.stage}`,
    );
  }
  if (failure === undefined) keep(file, request.keepIn);
  return {
    hasChanges: ended.status === 2,
    failure,
    read: async () => {
      const { stdout } = await terraform(context, stack, 'show', '-json', file);
      return parsePlan(stdout, 'terraform show -json');
    },
    apply: () => applyPlan(context, stack, file),
    release: () => Promise.resolve(),
  };
}

/**
 * Runs `terraform plan`, and `init` before it where terraform asks for it.
 *
 * @returns how it ended: status 0 when there is nothing to do, 2 when there is
 */
export async function runPlan(
  context: Context,
  stack: Stack,
  options: readonly string[],
  onLine?: Child['onLine'],
): Promise<Ended> {
  const args = ['plan', '-input=false', '-no-color', '-detailed-exitcode', ...options];
  const plan = () => runChild(terraformChild(context, stack, args, onLine));
  const ended = await plan();
  if (ended.status !== 1 || stack.initialized || !WANTS_INIT.test(ended.stderr)) return ended;
  await initialize(context, stack, { force: true });
  return plan();
}

/** Keeps a plan for `terraform apply`, readable by this user only. */
export function keep(plan: string, file: string | undefined): void {
  if (file === undefined) return;
  fs.copyFileSync(plan, file, fs.constants.COPYFILE_EXCL);
  fs.chmodSync(file, 0o600);
}
