import { PRODUCTION } from '../../stages/naming';
import type { Job } from '../google/scheduler';
import type { ConsentKind } from '../plan-review/consent';
import { countRuns } from '../plan-review/job/schedule';
import type { Difference } from './compare';
import type { TableJob } from './table';

const STOP: ConsentKind = 'stop';
const RETARGET: ConsentKind = 'retarget';

/** The fields that decide who is called, how, and as whom. */
const TARGETING = ['uri', 'httpMethod', 'serviceAccountEmail', 'audience'];

/** The command that makes a live job match the table. */
export interface SetupFix {
  readonly command: string;
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
  const command = `just gcp-scheduler-setup ${table.stage}`;
  if (table.stage !== PRODUCTION) return { command, caveat: '' };
  if (pauses(table, live) || endsRuns(table, live, timeZone)) {
    return {
      command: `${command} --allow ${STOP}`,
      caveat: `; the deploy stops this job, so its review fails without --allow ${STOP}`,
    };
  }
  // The review passes what only reverts a change made outside Terraform; its state tells, not the job.
  const retargets = found.some(({ field }) => TARGETING.includes(field));
  return {
    command,
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
