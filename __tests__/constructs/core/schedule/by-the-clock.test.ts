import fc from 'fast-check';
import { calendarOf, crons, expectAgreement } from '../../../support/schedules';

/*
 * The rule: a schedule runs at each minute at which the clock of its zone shows one of its times for
 * the first time. So a time that is skipped when the clocks go forward does not run, and a time that
 * occurs twice when they go back runs once, the first time.
 *
 * The sandbox, the doctor, the alerts and the review all rely on constructs/core/schedule. This test
 * compares it with a simulated look at the clock every 15 minutes for two years; `npm run test:slow`
 * looks every minute, and in every zone.
 */
const ZONES = [
  'Australia/Sydney',
  // By half an hour.
  'Australia/Lord_Howe',
  // At midnight.
  'Africa/Cairo',
  // 12:45 from UTC, at 02:45.
  'Pacific/Chatham',
  // Back before Ramadan, forward after it.
  'Africa/Casablanca',
];

it('runs schedules when the clock shows their time', () => {
  const calendars = new Map(ZONES.map((zone) => [zone, calendarOf(zone, 15)]));
  const steady = calendarOf('UTC', 15);
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), crons, (zone, cron) => {
      expectAgreement(calendars.get(zone) ?? steady, steady, cron);
    }),
    { numRuns: 40 },
  );
});
