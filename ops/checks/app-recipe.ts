import { APP_SCHEDULER_RECIPE } from '../../stages/app-recipes';
import { stackName } from '../../stages/naming';
import { differences } from '../jobs/compare';
import { inOrder, manual, recipe } from '../fixes/fix';
import { found, ok, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';

/** What the app's own recipe writes into every job. */
const WRITTEN = ['description', 'timeZone', 'uri', 'audience'];
/** Fewer jobs may have been changed by hand. */
const AT_LEAST = 2;

/**
 * Whether the app's own recipe has written the jobs, as it does at every deploy of the app until that is
 * taken out of it: the same fields differ from the table in all jobs at once, or all descriptions end in
 * the stage.
 */
export function checkAppRecipe({ jobs, workerUrl, stage }: Snapshot): CheckResult[] {
  const stack = stackName(stage);
  const live = jobs.flatMap(({ table, live: job }) => (job ? [{ table, job }] : []));
  const fine = [ok('app-recipe', stack, 'has not written the jobs')];
  if (live.length < AT_LEAST) return fine;
  const fields = live.map(({ table, job }) => differences(job, table, workerUrl));
  const common = WRITTEN.filter((field) =>
    fields.every((found) => found.some((difference) => difference.field === field)),
  );
  const isMarked =
    common.includes('description') &&
    live.every(({ job }) => job.description?.endsWith(` (${stage})`));
  // A setting of ours explains one field of all jobs: another time zone, or another URL.
  if (!isMarked && common.filter((field) => field !== 'audience').length < AT_LEAST) return fine;
  return [
    found(
      'app-recipe-ran',
      stack,
      `${common.join(', ')} of all ${live.length} jobs differ from the table, as Validibot's own ` +
        `recipe ${APP_SCHEDULER_RECIPE} writes them; its deploys run it again and again`,
      inOrder(
        manual(
          `take ${APP_SCHEDULER_RECIPE} out of the recipes deploy-all and deploy-maintenance of Validibot's repository (docs/adopting.md)`,
        ),
        recipe('setup', stage),
      ),
    ),
  ];
}
