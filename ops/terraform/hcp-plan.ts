import type { Context } from '../context';
import { Failed } from '../errors';
import { parsePlan } from './parse-plan';
import { note } from '../terminal';
import { applyPlan, errorsIn } from './apply';
import { runChild } from './child';
import { planOfRun, runIn } from './hcp-api';
import { keep } from './local-plan';
import type { MadePlan, PlanRequest } from './plan';
import { terraformChild, type Stack } from './stack';
import path from 'node:path';

/** Whether terraform plans a stack in HCP Terraform, and not on this machine. */
export function runsInHcpTerraform({ settings }: Context, _stack: Stack): Promise<boolean> {
  return Promise.resolve(settings.state.kind === 'cloud');
}

/** Plans in HCP Terraform, through terraform itself; the plan is read from its API. */
export async function planInHcpTerraform(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  scratch: string,
): Promise<MadePlan> {
  const file = path.join(scratch, 'plan');
  const saved = request.purpose === 'apply' || request.keepIn !== undefined;
  const args = [
    ...['plan', '-input=false', '-no-color', '-detailed-exitcode'],
    ...(saved ? [`-out=${file}`] : []),
    ...(request.options ?? []),
  ];
  const ended = await runChild(terraformChild(context, stack, args));
  const run = runIn(ended.stdout);
  const failed = ended.status !== 0 && ended.status !== 2;
  const failure = failed ? `${ended.stderr}\n${errorsIn(ended.stdout)}`.trim() : undefined;
  if (failure !== undefined && (request.purpose === 'apply' || run === undefined)) {
    throw new Failed(
      `terraform plan failed, so nothing was changed:\n${failure}`,
      `just gcp-scheduler-doctor ${stack.stage}`,
    );
  }
  if (run === undefined) {
    throw new Failed(
      'terraform plan named no run in HCP Terraform, so there is no plan to review.',
    );
  }
  if (failure !== undefined) note(context.terminal, failure);
  else if (saved) keep(file, request.keepIn);
  return {
    hasChanges: ended.status === 2,
    failure,
    read: async () => parsePlan(JSON.stringify(await planOfRun(run, context.env)), 'HCP Terraform'),
    apply: () => applyPlan(context, stack, file),
    release: () => Promise.resolve(),
  };
}
