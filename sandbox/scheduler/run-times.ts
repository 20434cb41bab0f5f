import { checkCron, runsAfter, type Schedule } from '@scheduled-jobs/constructs/core/schedule';
import { parseEnglish } from './english-schedule';

/**
 * Why Cloud Scheduler would reject a schedule; undefined for a valid one. It accepts unix-cron and App
 * Engine's English-like schedules.
 *
 * Source: `schedule` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export function checkSchedule(schedule: string): string | undefined {
  const [mistake] = checkCron(schedule);
  if (mistake === undefined || parseEnglish(schedule) !== undefined) return undefined;
  return mistake.wrong;
}

/**
 * Whether Cloud Scheduler accepts a time zone: any name of the tz database, in any case. Recordings of
 * the live API show `EST` stored as given.
 */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(timeZone) || /^(UTC|GMT)[+-]\d/i.test(timeZone)) {
    return false;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The run times after an instant, in order. */
export function* runTimes({ cron, timeZone }: Schedule, after: Date): Generator<Date> {
  const english = checkCron(cron).length > 0 ? parseEnglish(cron) : undefined;
  if (english === undefined) {
    yield* runsAfter({ cron, timeZone }, after);
    return;
  }
  if (english.kind === 'interval') {
    for (let at = after.getTime() + english.ms; ; at += english.ms) yield new Date(at);
  }
  for (const run of runsAfter({ cron: english.cron, timeZone }, after)) {
    if (english.includes(wallTime(timeZone, run))) yield run;
  }
}

/** An instant as the zone's clocks show it, in the UTC fields of a date. */
function wallTime(timeZone: string, instant: Date): Date {
  return new Date(`${rfc3339(timeZone, instant).slice(0, 19)}Z`);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Each zone's format is created once: that takes ten times as long as its use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    });
  formats.set(timeZone, format);
  return format;
}

/** An instant in a zone, with its offset and without a fraction: `2023-11-03T08:27:00-07:00`. */
export function rfc3339(timeZone: string, instant: Date): string {
  const parts = formatOf(timeZone).formatToParts(instant);
  const part = (type: string): string => parts.find((other) => other.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace(/^GMT(\+00:00)?/, '') || 'Z';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return `${date}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
}
