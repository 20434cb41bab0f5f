import { checkSchedule, isTimeZone, runTimes } from '../../../sandbox/scheduler/run-times';

/** Thursday, 26 November 2026, 03:00 in Sydney. */
const AFTER = new Date('2026-11-25T16:00:00Z');

function next(cron: string, count: number, timeZone = 'Australia/Sydney'): string[] {
  const runs = runTimes({ cron, timeZone }, AFTER);
  const format = new Intl.DateTimeFormat('sv', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return Array.from({ length: count }, () => format.format(runs.next().value as Date));
}

/** Source of the examples: https://cloud.google.com/appengine/docs/standard/scheduling-jobs-with-cron-yaml */
it.each([
  ['every 5 minutes', ['2026-11-26 03:05', '2026-11-26 03:10']],
  ['every 12 hours', ['2026-11-26 15:00', '2026-11-27 03:00']],
  ['every 2 hours synchronized', ['2026-11-26 04:00', '2026-11-26 06:00']],
  ['every 45 minutes from 10:00 to 11:00', ['2026-11-26 10:00', '2026-11-26 10:45']],
  ['every 1 hours from 23:00 to 01:00', ['2026-11-26 23:00', '2026-11-27 00:00']],
  ['every day 00:00', ['2026-11-27 00:00', '2026-11-28 00:00']],
  ['every monday 09:00', ['2026-11-30 09:00', '2026-12-07 09:00']],
  ['2nd,third mon,wed,thu of march 17:00', ['2027-03-08 17:00', '2027-03-10 17:00']],
  ['1st monday of sep,oct,nov 17:00', ['2027-09-06 17:00', '2027-10-04 17:00']],
  ['1 of jan,april,july,oct 00:00', ['2027-01-01 00:00', '2027-04-01 00:00']],
  ['1,8,15,22 of month 09:00', ['2026-12-01 09:00', '2026-12-08 09:00']],
  ['FIRST  Sunday of Month 04:30', ['2026-12-06 04:30', '2027-01-03 04:30']],
  ['0 2 * * *', ['2026-11-27 02:00', '2026-11-28 02:00']],
])('runs %j', (schedule, expected) => {
  expect(checkSchedule(schedule)).toBeUndefined();
  expect(next(schedule, 2)).toEqual(expected);
});

it.each([
  'every 0 minutes',
  'every 5 seconds',
  'every noday 09:00',
  '32 of month 09:00',
  'every day 24:00',
  'hourly',
])('rejects %j', (schedule) => {
  expect(checkSchedule(schedule)).toBeDefined();
});

it.each([
  ['utc', true],
  ['EST', true],
  ['GMT', true],
  ['australia/sydney', true],
  ['Etc/GMT+5', true],
  ['+10:00', false],
  ['GMT+5', false],
  ['Mars/Base', false],
  ['', false],
])('accepts the time zone %j: %s', (timeZone, expected) => {
  expect(isTimeZone(timeZone)).toBe(expected);
});
