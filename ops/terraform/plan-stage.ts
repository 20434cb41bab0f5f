import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed } from '../errors';
import { note } from '../terminal';
import { runChild } from './child';
import { prepareStack, terraform, terraformChild, type Stack } from './stack';
import { planOfRun, runIn } from './hcp-terraform';

/**
 * Plans a stage and gives the plan as JSON. With `out`, the plan is kept in that file, for
 * `terraform apply`; without, it can never be applied (in HCP Terraform: a speculative run).
 *
 * A plan that terraform could not finish is given as well, as far as it got.
 */
export async function planStage(
  context: Context,
  stage: StageName,
  out: string | undefined,
): Promise<Buffer> {
  const stack = await prepareStack(context, stage, context.env.IMPORT_EXISTING);
  note(context.terminal, `Planning ${stack.name} …`);
  // A plan may hold a bearer token: mkdtemp makes folders that only this user can read.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'validibot-review-'));
  try {
    const kept = out === undefined ? undefined : path.resolve(out);
    return context.settings.state.kind === 'cloud'
      ? await planInHcpTerraform(context, stack, kept)
      : await planHere(context, stack, kept ?? path.join(scratch, 'plan'), kept !== undefined);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function planHere(
  context: Context,
  stack: Stack,
  file: string,
  keep: boolean,
): Promise<Buffer> {
  // Nothing is applied from a plan that is not kept, so it need not hold up a deploy.
  const lock = keep ? [] : ['-lock=false'];
  const ended = await runChild(
    terraformChild(context, stack, planArguments(...lock, `-out=${file}`)),
  );
  if (ended.status !== 0) {
    note(context.terminal, ended.stderr.trim());
    if (!fs.existsSync(file))
      throw new Failed('terraform plan failed, and left no plan to review.');
  }
  fs.chmodSync(file, 0o600);
  return Buffer.from((await terraform(context, stack, 'show', '-json', file)).stdout);
}

async function planInHcpTerraform(
  context: Context,
  stack: Stack,
  out: string | undefined,
): Promise<Buffer> {
  const keep = out === undefined ? [] : [`-out=${out}`];
  const ended = await runChild(terraformChild(context, stack, planArguments(...keep)));
  const run = runIn(ended.stdout);
  if (ended.status !== 0) note(context.terminal, ended.stderr.trim());
  if (run === undefined) {
    throw new Failed(
      'terraform plan named no run in HCP Terraform, so there is no plan to review.',
    );
  }
  return Buffer.from(JSON.stringify(await planOfRun(run, context.env)));
}

function planArguments(...more: string[]): string[] {
  return ['plan', '-input=false', '-no-color', ...more];
}
