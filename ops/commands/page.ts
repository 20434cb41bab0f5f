import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { count } from '../../lib/count';
import { replaceFile } from '../../lib/replace-file';
import { renderPage } from '../../page/render-page';
import { STAGE_NAMES, type StageName } from '../../stages/stages';
import { STAGES_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { Failed, messageOf, UsageError } from '../errors';
import { manual } from '../fixes/fix';
import { readStage } from '../jobs/table';
import { openInBrowser } from '../open-in-browser';
import { readPage } from '../page/read-page';
import type { Review } from '../plan-review/review';
import { print, printJson } from '../terminal';
import { readSavedPlan } from '../terraform/saved-plan';
import { judgePlan } from '../terraform/verdict';

export function define(add: AddCommand): void {
  add('page', 'Write a page that shows the jobs: what ran, what runs next, what is wrong', page)
    .argument('[stage...]', STAGES_HELP)
    .option('--out <file>', 'file to write', 'scheduled-jobs.html')
    .option('--open', 'open it in the browser, where there is a desktop')
    .option(
      '--plan <file>',
      'also show what this plan would change, written by terraform show -json; once for each stage',
      (file: string, before: readonly string[] | undefined) => [...(before ?? []), file],
    );
}

interface PageArguments {
  /** All if empty. */
  readonly stage: readonly string[];
  /** File to write. */
  readonly out: string;
  readonly open?: boolean;
  /** Files with plans as JSON, at most one for each stage. */
  readonly plan?: readonly string[];
}

/** Writes a page of some stages to a file. */
async function page(context: Context, args: PageArguments): Promise<ExitStatus> {
  const given = [...new Set(args.stage)].map(readStage);
  const stages = given.length === 0 ? STAGE_NAMES : given;
  const plans = readPlans(args.plan ?? [], stages);
  const file = path.resolve(args.out);
  // Before everything is read, which takes seconds.
  if (!fs.existsSync(path.dirname(file))) throw cannotWrite(args.out, 'its folder does not exist');
  const input = await readPage(context, stages, plans);
  try {
    replaceFile(file, renderPage(input));
  } catch (error) {
    throw cannotWrite(args.out, messageOf(error));
  }
  const jobs = input.stages.reduce((sum, stage) => sum + stage.jobs.length, 0);
  if (context.json) printJson(context.terminal, { file, stages, jobs });
  else print(context.terminal, `Wrote ${args.out}: ${count(jobs, 'job')} of ${stages.join(', ')}.`);
  if (args.open === true) openInBrowser(pathToFileURL(file).href, context.env);
  return 0;
}

function cannotWrite(file: string, why: string): Failed {
  return new Failed(
    `Cannot write ${file}: ${why}.`,
    manual('pass --out a path that can be written'),
  );
}

/** The plans, by their stage. */
function readPlans(
  files: readonly string[],
  stages: readonly StageName[],
): ReadonlyMap<StageName, Review> {
  const plans = new Map<StageName, Review>();
  for (const file of files) {
    const only = stages.length === 1 ? stages[0] : undefined;
    const review = judgePlan(readSavedPlan(file), only, { allowed: [] });
    const { stage } = review;
    const wrong =
      stage === undefined
        ? 'the plan does not say which stage it is of'
        : plans.has(stage)
          ? `there is another plan of ${stage}`
          : stages.includes(stage)
            ? undefined
            : `the plan is of ${stage}, which the page does not show`;
    if (wrong !== undefined || stage === undefined) {
      const fix = 'pass the stage, and one plan of it';
      throw new UsageError({ subject: '--plan', given: file, wrong, fix });
    }
    plans.set(stage, review);
  }
  return plans;
}
