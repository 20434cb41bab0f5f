import { PRODUCTION } from '../../stages/naming';
import type { Job } from '../google/scheduler';
import type { ConsentKind } from '../plan-review/consent';
import { countRuns } from '../plan-review/job/schedule';
import type { Difference } from './compare';
import type { TableJob } from './table';
import { recipe, type Fix } from '../fixes/fix';

const STOP: ConsentKind = 'stop';
const RETARGET: ConsentKind = 'retarget';

/** The fields that decide who is called, how, and as whom. */
const TARGETING = ['uri', 'httpMethod', 'serviceAccountEmail', 'audience'];

/** What makes a live job match the table. */
export interface SetupFix {
  readonly fix: Fix;
  /** Why the review of that deploy fails without a consent; empty when it passes. */
  readonly caveat: string;
}

/**
 * @param timeZone - the time zone of the table
 * @param found - how the job differs from the table
 */
export function setupFix(
  table: TableJob,
  live: Job,
  timeZone: string,
  found: readonly Difference[] = [],
): SetupFix {
  const fix = recipe('setup', table.stage);
  if (table.stage !== PRODUCTION) return { fix, caveat: '' };
  if (pauses(table, live) || endsRuns(table, live, timeZone)) {
    return {
      fix: recipe('setup', table.stage, '--allow', STOP),
      caveat: `; the deploy stops this job, so its review fails without --allow ${STOP}`,
    };
  }
  // The review passes what only reverts a change made outside Terraform; its state tells, not the job.
  const retargets = found.some(({ field }) => TARGETING.includes(field));
  return {
    fix,
    caveat: retargets
      ? `; unless the job was changed outside Terraform, the review of the deploy needs --allow ${RETARGET}`
      : '',
  };
}

function pauses({ paused }: TableJob, { state }: Job): boolean {
  return paused === true && state !== 'PAUSED';
}

/** Whether the live job has upcoming runs, but has none according to the table. */
function endsRuns({ schedule }: TableJob, live: Job, timeZone: string): boolean {
  const now = new Date();
  const cron = live.schedule ?? '';
  return (
    countRuns({ cron: schedule, timeZone }, now) === 0 &&
    countRuns({ cron, timeZone: live.timeZone ?? 'UTC' }, now) !== 0
  );
}
