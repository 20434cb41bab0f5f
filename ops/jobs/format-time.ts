import { checkCron, scheduleInWords, wallClock } from '../../constructs/core/schedule';

/** An instant on the clock of a job's zone: `2026-11-25 02:00`; empty for none. */
export function inZone(timeZone: string | undefined, at: Date | string | undefined): string {
  if (at === undefined) return '';
  const instant = new Date(at);
  try {
    return wallClock(timeZone ?? 'UTC', instant);
  } catch {
    // A foreign job may be in a zone that only Google knows.
    return `${wallClock('UTC', instant)} UTC`;
  }
}

/** A live job's schedule in words; as it is, where a foreign job has App Engine's own syntax. */
export function inWords(schedule: string): string {
  return checkCron(schedule).length === 0 ? scheduleInWords(schedule) : schedule;
}
