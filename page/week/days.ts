import { wallClock } from '@scheduled-jobs/constructs/core/schedule';
import type { Day } from './model';

const HOUR = 3_600_000;
const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The days between two instants in a time zone; the first and the last may be cut. */
export function daysBetween(timeZone: string, from: Date, until: Date): Day[] {
  const days: Day[] = [];
  for (let start = from; start < until;) {
    const end = new Date(Math.min(nextMidnight(timeZone, start).getTime(), until.getTime()));
    days.push({ from: start, until: end, label: dayLabel(timeZone, start) });
    start = end;
  }
  return days;
}

/** The midnight at which the day of an instant began. */
function startOfDay(timeZone: string, at: Date): Date {
  const day = dateOf(timeZone, at);
  // Clocks change by whole quarters of an hour, and a day has at most 25 hours.
  let start = floorToQuarter(at);
  for (;;) {
    const before = new Date(start.getTime() - HOUR / 4);
    if (dateOf(timeZone, before) !== day) return start;
    start = before;
  }
}

/** The seven days of which the first has an instant. */
export function calendarWeek(timeZone: string, at: Date): { from: Date; until: Date } {
  const from = startOfDay(timeZone, at);
  // Half a day more than needed, as days are an hour longer or shorter where the clocks change.
  return {
    from,
    until: startOfDay(timeZone, new Date(from.getTime() + 7 * 24 * HOUR + 12 * HOUR)),
  };
}

/** `Thu 26 Nov` */
function dayLabel(timeZone: string, at: Date): string {
  const date = dateOf(timeZone, at);
  const [, month = 1, day = 1] = date.split('-').map(Number);
  const weekday = NAMES[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${day} ${MONTHS[month - 1] ?? ''}`;
}

function nextMidnight(timeZone: string, at: Date): Date {
  const day = dateOf(timeZone, at);
  let next = floorToQuarter(at);
  while (dateOf(timeZone, next) === day) next = new Date(next.getTime() + HOUR / 4);
  return next;
}

function floorToQuarter(at: Date): Date {
  return new Date(Math.floor(at.getTime() / (HOUR / 4)) * (HOUR / 4));
}

function dateOf(timeZone: string, at: Date): string {
  return wallClock(timeZone, at).slice(0, 10);
}
