import { runsEveryHour, scheduleInWords } from '../../constructs/core/schedule';
import { calendar } from '../../lib/icalendar';
import type { Run } from '../../page/week/model';
import { CLOCK_CHANGE_NOTES } from '../../page/week/runs';
import type { TableJob } from './table';

/** A job with its upcoming runs, in order of time. */
export interface Upcoming {
  readonly job: TableJob;
  readonly runs: readonly Run[];
}

/** A line of a list of runs. */
export interface RunLine {
  readonly job: TableJob;
  /** Undefined for a job without runs. */
  readonly first: Run | undefined;
  /** How many runs follow that have no line of their own. */
  readonly more: number;
  readonly note: string;
}

/**
 * A line for each run; but one for a job that runs every hour, which daylight saving does not affect.
 */
export function linesOf({ job, runs }: Upcoming): RunLine[] {
  const remark = job.paused === true ? 'paused in the table' : '';
  const [first] = runs;
  if (first === undefined || runsEveryHour(job.schedule)) {
    return [{ job, first, more: Math.max(0, runs.length - 1), note: remark }];
  }
  return runs.map((run) => ({
    job,
    first: run,
    more: 0,
    note: CLOCK_CHANGE_NOTES[run.kind] || remark,
  }));
}

/** Lines of several jobs in order of time, those without runs last. */
export function inTimeOrder(lines: readonly RunLine[]): RunLine[] {
  const timeOf = ({ first }: RunLine): number => first?.at.getTime() ?? Infinity;
  // Not by subtraction, which is NaN for two without runs.
  return [...lines].sort((a, b) => Number(timeOf(a) > timeOf(b)) - Number(timeOf(a) < timeOf(b)));
}

/** Jobs that run every hour would fill a calendar, and paused jobs do not run. */
export function isInCalendar({ schedule, paused }: TableJob): boolean {
  return paused !== true && !runsEveryHour(schedule);
}

/** The runs as a calendar file, without those that daylight saving skips. */
export function asCalendar(
  upcoming: readonly Upcoming[],
  now: Date,
): { file: string; events: number } {
  const events = upcoming
    .filter(({ job }) => isInCalendar(job))
    .flatMap(({ job, runs }) =>
      runs
        .filter(({ kind }) => kind !== 'skipped')
        .map(({ at, kind }) => ({
          id: `${job.name}-${at.getTime()}`,
          at,
          title: job.name,
          description: [
            job.definition.purpose,
            scheduleInWords(job.schedule),
            CLOCK_CHANGE_NOTES[kind],
          ]
            .filter((line) => line !== '')
            .join('\n'),
          category: job.stage,
        })),
    );
  return { file: calendar('Scheduled jobs', now, events), events: events.length };
}
