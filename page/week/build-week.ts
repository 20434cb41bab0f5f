import { clockChanges } from '@scheduled-jobs/constructs/core/schedule';
import { findCollisions } from './collisions';
import { daysBetween } from './days';
import { cellsOf, marksOf } from './history';
import type { ClockShift, JobFacts, Pause, Row, Week } from './model';
import { runsBetween } from './runs';

/** From how many runs a day on a job is shown as a band, not as single runs. */
const OFTEN_PER_DAY = 12;

const DAY = 86_400_000;

export interface WeekOptions {
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
  readonly timeZone: string;
  /** From when on the log was read. @default - it was not */
  readonly logFrom?: Date;
}

/** What jobs did and will do between two instants. A pure function of what is known about them. */
export function buildWeek(jobs: readonly JobFacts[], options: WeekOptions): Week {
  const { from, until, now, timeZone, logFrom } = options;
  const rows = jobs.map((job) => rowOf(job, options));
  return {
    ...{ from, until, now, timeZone, logFrom },
    days: daysBetween(timeZone, from, until),
    clockShifts: clockShifts(timeZone, from, until),
    rows,
    collisions: findCollisions(rows),
  };
}

function rowOf(job: JobFacts, options: WeekOptions): Row {
  const { from, until } = options;
  const runs = job.schedule === undefined ? [] : runsBetween(job.schedule, from, until);
  const perDay = runs.length / ((until.getTime() - from.getTime()) / DAY);
  const isOften = perDay >= OFTEN_PER_DAY;
  return {
    job,
    runs,
    cells: isOften ? cellsOf(job, runs, options) : [],
    marks: isOften ? [] : marksOf(job, runs, options),
    pauses: job.pauses.flatMap((pause) => cut(pause, from, until)),
  };
}

function cut(pause: Pause, from: Date, until: Date): Required<Pause>[] {
  const start = pause.from > from ? pause.from : from;
  const end = pause.until !== undefined && pause.until < until ? pause.until : until;
  return start < end ? [{ from: start, until: end, reason: pause.reason }] : [];
}

function clockShifts(timeZone: string, from: Date, until: Date): ClockShift[] {
  const found: ClockShift[] = [];
  for (const { at, before, after } of clockChanges(timeZone, from)) {
    if (at >= until) break;
    found.push({ at, minutes: (after - before) / 60_000 });
  }
  return found;
}
