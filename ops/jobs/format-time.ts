import { checkCron, scheduleInWords, wallClock } from '../../constructs/core/schedule';

/** A time in a job's time zone: `2026-11-25 02:00`; empty for undefined. */
export function formatTime(timeZone: string | undefined, at: Date | string | undefined): string {
  if (at === undefined) return '';
  const instant = new Date(at);
  try {
    return wallClock(timeZone ?? 'UTC', instant);
  } catch {
    // An unmanaged job may have a time zone that only Google knows.
    return `${wallClock('UTC', instant)} UTC`;
  }
}

/** A live job's schedule in words; unchanged if it has App Engine's syntax, as unmanaged jobs may. */
export function describeSchedule(schedule: string): string {
  return checkCron(schedule).length === 0 ? scheduleInWords(schedule) : schedule;
}
