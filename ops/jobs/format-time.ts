import { checkCron, scheduleInWords } from '../../constructs/core/schedule';
import { formatTime as formatOnPage } from '../../page/html/format';

/** A time in a job's time zone: `2026-11-25 02:00`; empty for undefined. */
export function formatTime(timeZone: string | undefined, at: Date | string | undefined): string {
  return at === undefined ? '' : formatOnPage(timeZone ?? 'UTC', new Date(at));
}

/** A live job's schedule in words; unchanged if it has App Engine's syntax, as unmanaged jobs may. */
export function describeSchedule(schedule: string): string {
  return checkCron(schedule).length === 0 ? scheduleInWords(schedule) : schedule;
}
