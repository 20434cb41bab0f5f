import { buildWeek } from '../../../page/week/build-week';
import { calendarWeek } from '../../../page/week/days';
import type { JobFacts } from '../../../page/week/model';
import { weekAsText } from '../../../page/week/week-as-text';
import type { JobSide } from './job';

/**
 * The week from today on, as it is and as it is planned, if the schedule or its time zone changes. Plain
 * text that holds nothing from the plan but times.
 *
 * @returns undefined if neither changes, if one side is not known or not supported here, or without any run
 */
export function weeksOf(
  before: JobSide | undefined,
  after: JobSide | undefined,
  now: Date,
): string | undefined {
  const [from, to] = [before?.schedule, after?.schedule];
  // What is not supported here has no description.
  if (from?.description === undefined || to?.description === undefined) return undefined;
  if (from.cron === to.cron && from.timeZone === to.timeZone) return undefined;
  // Both in one time zone, so that what moves is seen to move.
  const { timeZone } = to;
  const jobs = [from, to].map((schedule): JobFacts => ({
    name: '',
    schedule,
    deadlineSeconds: 0,
    attempts: [],
    pauses: [],
  }));
  const week = buildWeek(jobs, { ...calendarWeek(timeZone, now), now, timeZone });
  const [current, planned] = week.rows;
  if (current === undefined || planned === undefined) return undefined;
  if (current.runs.length + planned.runs.length === 0) return undefined;
  const text = weekAsText(week, [
    { title: 'Now', row: current },
    { title: 'Planned', row: planned },
  ]);
  return `Runs an hour in the week from today, in ${timeZone}\n\n${text}`;
}
