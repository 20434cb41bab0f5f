import { PRODUCTION } from '../../stages/naming';
import type { Job } from '../google/scheduler';
import type { ConsentKind } from '../plan-review/consent';
import { countRuns } from '../plan-review/job/schedule';
import type { TableJob } from './table';

const STOP: ConsentKind = 'stop';

/** The command that makes a live job match the table. */
export interface SetupFix {
  readonly command: string;
  /** Why the review of that deploy fails without the consent in the command; empty when it passes. */
  readonly caveat: string;
}

/** @param timeZone - the time zone of the table */
export function setupFix(table: TableJob, live: Job, timeZone: string): SetupFix {
  const command = `just gcp-scheduler-setup ${table.stage}`;
  const stops = pauses(table, live) || endsRuns(table, live, timeZone);
  if (table.stage !== PRODUCTION || !stops) return { command, caveat: '' };
  return {
    command: `${command} --allow ${STOP}`,
    caveat: `; the deploy stops this job, so its review fails without --allow ${STOP}`,
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
