import fs from 'node:fs';
import path from 'node:path';
import type { Context } from '../context';
import { parsePlan } from './parse-plan';
import { runChild, type Child, type Ended } from './child';
import { applyPlan } from './apply';
import { planFailed } from './plan-failure';
import type { StagePlan, PlanRequest } from './plan';
import { initialize, terraform, terraformChild, type Stack } from './stack';

/** Terraform's error if a folder is not initialized for its current configuration. */
const NEEDS_INIT = /terraform init/;

/** Plans with terraform on this machine; the state is in a file or in a bucket. */
export async function planLocally(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  scratch: string,
): Promise<StagePlan> {
  const file = path.join(scratch, 'plan');
  // A plan that is not kept cannot be applied, so it does not need to block a deploy.
  const lock = request.purpose === 'review' && request.keepIn === undefined ? ['-lock=false'] : [];
  const args = [`-out=${file}`, ...lock, ...(request.options ?? [])];
  const ended = await runPlan(context, stack, args);
  // 0: no changes; 2: changes.
  const failure = ended.status === 0 || ended.status === 2 ? undefined : ended.stderr.trim();
  if (failure !== undefined && (request.purpose === 'apply' || !fs.existsSync(file))) {
    throw planFailed(context, stack, failure);
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
 * Runs `terraform plan`; runs `terraform init` and plans again if terraform requires it.
 *
 * @returns status 0 if there are no changes, 2 if there are
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
  if (ended.status !== 1 || stack.initialized || !NEEDS_INIT.test(ended.stderr)) return ended;
  await initialize(context, stack, { force: true });
  return plan();
}

/** Keeps a plan for `terraform apply`, readable only by this user. */
export function keep(plan: string, file: string | undefined): void {
  if (file === undefined) return;
  fs.copyFileSync(plan, file, fs.constants.COPYFILE_EXCL);
  fs.chmodSync(file, 0o600);
}
