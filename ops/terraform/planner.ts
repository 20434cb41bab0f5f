import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Mistake } from '../../constructs/core/mistake';
import type { Context } from '../context';
import { UsageError } from '../errors';
import { note } from '../terminal';
import { planHere } from './local-plan';
import { planInHcpTerraform } from './hcp/plan';
import { runsInHcpTerraform } from './hcp/workspace';
import type { PlanRequest, StagePlan } from './plan';
import type { Stack } from './stack';

/**
 * Plans a stack, wherever its state is, and hands the plan to `use`. Everything that plans goes
 * through here. What is not applied, or kept on request, is discarded, also after Ctrl-C.
 *
 * @throws UsageError when `keepIn` exists: an older plan is never taken for this one
 * @throws Failed when there is no plan to apply, or none to review
 */
export async function withPlan<T>(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  use: (plan: StagePlan) => Promise<T>,
): Promise<T> {
  const { keepIn } = request;
  if (keepIn !== undefined && fs.existsSync(keepIn)) throw new UsageError([exists(keepIn)]);
  const makePlan = (await runsInHcpTerraform(context, stack)) ? planInHcpTerraform : planHere;
  // A plan may hold a bearer token: mkdtemp makes folders that only this user can read.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'validibot-plan-'));
  try {
    note(context.terminal, `Planning ${stack.name} …`);
    const plan = await makePlan(context, stack, request, scratch);
    try {
      return await use(plan);
    } finally {
      await plan.release();
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function exists(given: string): Mistake {
  return {
    subject: '--out',
    given,
    wrong: 'this file exists, and an older plan could be taken for the new one',
    expected: 'a file that does not exist',
    fix: 'remove it, or choose another path',
  };
}
