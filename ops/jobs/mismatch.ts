import { originOf } from '../../constructs/core/uri';
import type { StageName } from '../../stages/stages';
import { count } from '../../lib/count';
import type { Context } from '../context';
import { messageOf, withFix } from '../errors';
import type { Job, Location } from '../google/scheduler';
import type { Mismatch } from '../plan-review/findings/live-job';
import { warn, type Terminal } from '../terminal';
import { describeDifference, differences, survivesUpdates } from './compare';
import { recoverFromFailedUpdate, updateToMatch } from './gcloud';
import { listStageJobs } from './stage-jobs';
import { jobAddress, type TableJob } from './table';
import { recipe, type Fix } from '../fixes/fix';
import { fixInJson } from '../fixes/render';

/** How a stage's live jobs compare with the table. */
export interface Comparison {
  readonly mismatches: readonly Mismatch[];
  /** What could not be compared, and why; a sentence. */
  readonly gap: string | undefined;
}

/**
 * Compares a stage's live jobs with the table: two reads, in parallel. Terraform alone does not tell: the
 * provider hides some differences. It does not throw when Google cannot be read.
 */
export async function compareStage(context: Context, stage: StageName): Promise<Comparison> {
  try {
    const { jobs, worker } = await listStageJobs(context, stage);
    return {
      mismatches: jobs.flatMap(({ table, live }) =>
        mismatchesOf(live, table, worker.url, context.location),
      ),
      gap:
        worker.problem &&
        `the worker could not be read, so URIs were not compared with the table. ${worker.problem}`,
    };
  } catch (error) {
    return {
      mismatches: [],
      gap: `the live jobs could not be read, so they were not compared with the table. ${messageOf(error)}`,
    };
  }
}

/** How a live job does not match the table: a mismatch for each command that is needed. */
export function mismatchesOf(
  live: Job | undefined,
  table: TableJob,
  workerUrl: string | undefined,
  location: Location,
): Mismatch[] {
  const mismatch = (problem: string, fix: Fix, survives: boolean): Mismatch => ({
    address: jobAddress(table.task),
    job: table.name,
    problem,
    fix,
    survivesUpdates: survives,
  });
  if (live === undefined) {
    const problem = `does not exist in project ${location.project}, region ${location.region}`;
    return [mismatch(problem, recipe('setup', table.stage), false)];
  }
  const origin = workerUrl ?? originOf(live.httpTarget?.uri ?? '');
  const found = differences(live, table, workerUrl);
  const fields = found.filter(({ field }) => field !== 'paused');
  const ofFields = [true, false].flatMap((survives) => {
    const some = fields.filter((each) => survivesUpdates(each) === survives);
    if (some.length === 0) return [];
    const problem = some.map(describeDifference).join('; ');
    return [mismatch(problem, updateToMatch(location, table, origin, some), survives)];
  });
  return [...ofFields, ...ofState(live, table, location, mismatch)];
}

function ofState(
  { state }: Job,
  table: TableJob,
  location: Location,
  mismatch: (problem: string, fix: Fix, survives: boolean) => Mismatch,
): Mismatch[] {
  const { name, schedule, paused } = table;
  if (state === 'PAUSED' && paused !== true) {
    const fix = recipe('resume', name);
    // Without `paused` in the table, Terraform leaves a pause to operators.
    return [mismatch('paused, and the table does not pause it', fix, paused === undefined)];
  }
  if (state === 'ENABLED' && paused === true) {
    return [mismatch('not paused, but the table pauses it', recipe('pause', name), false)];
  }
  if (state !== 'UPDATE_FAILED' && state !== 'DISABLED') return [];
  const fix = recoverFromFailedUpdate(location, name, schedule);
  return [mismatch(`in state ${state}, so it does not run`, fix, false)];
}

/** Warns of each mismatch, with the command that fixes it, and of what could not be compared. */
export function warnOfMismatches(
  terminal: Terminal,
  stage: StageName,
  { mismatches, gap }: Comparison,
): void {
  for (const { job, problem, fix } of mismatches) warn(terminal, job, withFix(`${problem}.`, fix));
  if (gap !== undefined) warn(terminal, stage, gap);
}

/** `, but 2 jobs do not match the table`; empty only when all were compared and match. */
export function describeMismatches({ mismatches, gap }: Comparison): string {
  const jobs = new Set(mismatches.map(({ job }) => job)).size;
  if (jobs > 0)
    return `, but ${count(jobs, 'job')} ${jobs === 1 ? 'does' : 'do'} not match the table`;
  return gap === undefined ? '' : '; the live jobs were not all compared';
}

/** `mismatches[]`, and `notCompared` if something was not. */
export function comparisonInJson({ mismatches, gap }: Comparison) {
  return {
    mismatches: mismatches.map(({ job, problem, fix }) => ({ job, problem, ...fixInJson(fix) })),
    notCompared: gap,
  };
}
