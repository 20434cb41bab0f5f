/** An English-like schedule, as far as it can be turned into run times. */
export type EnglishSchedule =
  /** Runs this long after the previous run. */
  | { readonly kind: 'interval'; readonly ms: number }
  /** Runs at the times of a cron expression on the days, or at the minutes, that are included. */
  | {
      readonly kind: 'times';
      readonly cron: string;
      /** @param wall a time as the zone's clocks show it, in the UTC fields of a date */
      readonly includes: (wall: Date) => boolean;
    };

const MINUTE = 60_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ORDINALS: readonly (readonly string[])[] = [
  ['1st', 'first'],
  ['2nd', 'second'],
  ['3rd', 'third'],
  ['4th', 'fourth'],
  ['5th', 'fifth'],
];
const TIME = String.raw`(\d{1,2}):(\d\d)`;
const INTERVAL = new RegExp(
  String.raw`^every (\d+) (minutes?|mins?|hours?)(?: (synchronized)| from ${TIME} to ${TIME})?$`,
);
const CUSTOM = new RegExp(`^(.+?)(?: of ([a-z,]+))? ${TIME}$`);

/**
 * Parses App Engine's schedules: `every 5 minutes`, `every 2 hours from 10:00 to 14:00`, `every 30 mins
 * synchronized`, `every monday 09:00`, `1st,third mon,wed of march 17:00`, `1,15 of month 04:00`.
 *
 * Source: https://cloud.google.com/appengine/docs/standard/scheduling-jobs-with-cron-yaml#schedule_format
 *
 * @returns undefined if it is none
 */
export function parseEnglish(schedule: string): EnglishSchedule | undefined {
  const text = schedule.trim().toLowerCase().replace(/\s+/g, ' ').replace(/ ?, ?/g, ',');
  return parseInterval(text) ?? parseCustom(text);
}

function parseInterval(text: string): EnglishSchedule | undefined {
  const [, count = '', unit = '', synchronized, ...times] = INTERVAL.exec(text) ?? [];
  const minutes = Number(count) * (unit.startsWith('h') ? 60 : 1);
  if (minutes < 1) return undefined;
  if (times[0] === undefined) {
    if (synchronized === undefined) return { kind: 'interval', ms: minutes * MINUTE };
    // "every interval between midnight and midnight"
    return everyMinute((minute) => minute % minutes === 0);
  }
  const [startHour, startMinute, endHour, endMinute] = times.map(Number);
  const start = minuteOf(startHour, startMinute);
  const end = minuteOf(endHour, endMinute);
  if (start === undefined || end === undefined) return undefined;
  const length = (end - start + 1440) % 1440;
  return everyMinute((minute) => {
    const since = (minute - start + 1440) % 1440;
    return since <= length && since % minutes === 0;
  });
}

function everyMinute(includes: (minuteOfDay: number) => boolean): EnglishSchedule {
  return {
    kind: 'times',
    cron: '* * * * *',
    includes: (wall) => includes(wall.getUTCHours() * 60 + wall.getUTCMinutes()),
  };
}

function parseCustom(text: string): EnglishSchedule | undefined {
  const [, days = '', months = 'month', hour, minute] = CUSTOM.exec(text) ?? [];
  const isDay = parseDays(days);
  const inMonths = months === 'month' ? MONTHS.map((_, index) => index) : indexes(months, MONTHS);
  const at = minuteOf(Number(hour), Number(minute));
  if (isDay === undefined || inMonths === undefined || at === undefined) return undefined;
  return {
    kind: 'times',
    cron: `${at % 60} ${Math.floor(at / 60)} * * *`,
    includes: (wall) => inMonths.includes(wall.getUTCMonth()) && isDay(wall),
  };
}

/** `every day`, `every monday,wed`, `2nd,third mon`, `1,8,15`. */
function parseDays(text: string): ((wall: Date) => boolean) | undefined {
  if (/^\d{1,2}(,\d{1,2})*$/.test(text)) {
    const dates = text.split(',').map(Number);
    if (dates.some((date) => date < 1 || date > 31)) return undefined;
    return (wall) => dates.includes(wall.getUTCDate());
  }
  const [, which = '', names = ''] = /^(\S+) (\S+)$/.exec(text) ?? [];
  const weekdays = names === 'day' ? DAYS.map((_, index) => index) : indexes(names, DAYS);
  if (weekdays === undefined) return undefined;
  const isWeekday = (wall: Date): boolean => weekdays.includes(wall.getUTCDay());
  if (which === 'every') return isWeekday;
  const places = which
    .split(',')
    .map((word) => ORDINALS.findIndex((ordinal) => ordinal.includes(word)));
  if (places.includes(-1)) return undefined;
  return (wall) => isWeekday(wall) && places.includes(Math.floor((wall.getUTCDate() - 1) / 7));
}

/** The places of names, abbreviated or in full, in a list of abbreviations. */
function indexes(names: string, abbreviations: readonly string[]): number[] | undefined {
  const found = names
    .split(',')
    .map((name) => (/^[a-z]{3,9}$/.test(name) ? abbreviations.indexOf(name.slice(0, 3)) : -1));
  return found.includes(-1) ? undefined : found;
}

function minuteOf(hour = NaN, minute = NaN): number | undefined {
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}
