import fs from 'node:fs';
import type { Mistake } from '../../constructs/core/mistake';
import type { Context, ExitStatus } from '../context';
import { messageOf, WrongUse } from '../errors';
import { readStage } from '../jobs/table';
import { print, printJson } from '../terminal';
import type { StageName } from '../../stages/stages';
import { reviewInJson } from '../plan-review/json';
import { reviewInMarkdown } from '../plan-review/markdown/render';
import { readPlan } from '../plan-review/plan/read';
import { planStage } from '../terraform/plan-stage';
import { checkStage, reviewPlan } from '../plan-review/review';

export interface ReviewArguments {
  /** Needed without `plan`. */
  readonly stage?: string;
  /** A file with a plan as JSON, or `-` for stdin. @default - the stage is planned */
  readonly plan?: string;
  /** Where the plan is kept, for `terraform apply`. @default - it is not kept */
  readonly out?: string;
  readonly allowDestroy?: boolean;
}

/** Reviews a plan and prints the review: status 1 when it fails. */
export async function review(context: Context, args: ReviewArguments): Promise<ExitStatus> {
  const stage = args.stage === undefined ? undefined : readStage(args.stage);
  const content = await contentOf(context, args, stage);
  const reading = readPlan(content, args.plan ?? 'terraform show -json');
  if ('mistake' in reading) throw new WrongUse([reading.mistake]);
  const { allowDestroy } = args;
  const result = reviewPlan(reading.plan, { stage, allowDestroy, now: new Date() });
  const mistakes = checkStage(result, stage);
  if (mistakes.length > 0) throw new WrongUse(mistakes);
  if (context.json) printJson(context.terminal, reviewInJson(result));
  else print(context.terminal, reviewInMarkdown(result));
  return result.passed ? 0 : 1;
}

function contentOf(
  context: Context,
  { plan, out }: ReviewArguments,
  stage: StageName | undefined,
): Promise<Buffer> | Buffer {
  if (plan !== undefined) {
    if (out !== undefined) throw new WrongUse([bothGiven(out)]);
    return readFile(plan);
  }
  if (stage === undefined) throw new WrongUse([NEITHER]);
  return planStage(context, stage, out);
}

function readFile(file: string): Buffer {
  try {
    return fs.readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new WrongUse([
      {
        subject: '--plan',
        given: file,
        wrong: `it cannot be read (${messageOf(error)})`,
        allowed: 'a file, or - for stdin',
        fix: 'give the path of the output of terraform show -json PLAN',
      },
    ]);
  }
}

const NEITHER: Mistake = {
  subject: '<stage>',
  given: undefined,
  wrong: 'there is nothing to review',
  allowed: 'a stage, which is then planned, or --plan FILE',
  fix: 'write just gcp-scheduler-review prod',
};

function bothGiven(given: string): Mistake {
  return {
    subject: '--out',
    given,
    wrong: 'with --plan nothing is planned that could be kept',
    allowed: 'one of --plan and --out',
    fix: 'leave one of them out',
  };
}
