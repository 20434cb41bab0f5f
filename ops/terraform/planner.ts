import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Mistake } from '../../constructs/core/mistake';
import type { Context } from '../context';
import { UsageError } from '../errors';
import { withProgress } from '../progress';
import { planLocally } from './local-plan';
import { planInHcpTerraform } from './hcp/plan';
import { runsInHcpTerraform } from './hcp/workspace';
import type { StagePlan, PlanRequest } from './plan';
import type { Stack } from './stack';

/**
 * Plans a stack, wherever its state is, and passes the plan to `use`. All planning goes through this
 * function. A plan that is neither applied nor kept is discarded, even after Ctrl-C.
 *
 * @throws UsageError if `keepIn` exists: an older plan must not be mistaken for this one
 * @throws Failed if there is no plan to apply or to review
 */
export async function withPlan<T>(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  use: (plan: StagePlan) => Promise<T>,
): Promise<T> {
  const { keepIn } = request;
  if (keepIn !== undefined && fs.existsSync(keepIn)) throw new UsageError(alreadyExists(keepIn));
  const makePlan = (await runsInHcpTerraform(context, stack)) ? planInHcpTerraform : planLocally;
  // A plan is private, and with google before 7.31 has bearer tokens; only this user can read a folder from mkdtemp.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'validibot-plan-'));
  try {
    const plan = await withProgress(context.terminal, `Planning ${stack.name} …`, () =>
      makePlan(context, stack, request, scratch),
    );
    try {
      return await use(plan);
    } finally {
      await plan.release();
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function alreadyExists(given: string): Mistake {
  return {
    subject: '--out',
    given,
    wrong: 'file already exists, and could be mistaken for the new plan',
    fix: 'delete it, or use another path',
  };
}
