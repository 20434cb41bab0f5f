import { PRODUCTION } from '../../stages/naming';
import type { Job } from '../google/scheduler';
import type { ConsentKind } from '../plan-review/consent';
import { countRuns } from '../plan-review/job/schedule';
import type { TableJob } from './table';

const STOP: ConsentKind = 'stop';

/** The command that makes a live job as the table has it. */
export interface SetupFix {
  readonly command: string;
  /** Why the review of that deploy fails without the consent in the command; empty where it passes. */
  readonly caveat: string;
}

/** @param timeZone - the table's */
export function setupFix(table: TableJob, live: Job, timeZone: string): SetupFix {
  const command = `just gcp-scheduler-setup ${table.stage}`;
  const stops = pauses(table, live) || endsRuns(table, live, timeZone);
  if (table.stage !== PRODUCTION || !stops) return { command, caveat: '' };
  return {
    command: `${command} --allow ${STOP}`,
    caveat: '; deploying it stops this job, so its review fails unless that is allowed',
  };
}

function pauses({ paused }: TableJob, { state }: Job): boolean {
  return paused === true && state !== 'PAUSED';
}

/** Whether the job has runs ahead now, and none by the table. */
function endsRuns({ schedule }: TableJob, live: Job, timeZone: string): boolean {
  const now = new Date();
  const cron = live.schedule ?? '';
  return (
    countRuns({ cron: schedule, timeZone }, now) === 0 &&
    countRuns({ cron, timeZone: live.timeZone ?? 'UTC' }, now) !== 0
  );
}
