import fc from 'fast-check';
import { calendarOf, crons, expectAgreement } from '../../../support/schedules';

/*
 * The rule, in full: a schedule runs at each minute at which the clock of its zone shows a time of it
 * for the first time. So a time that is skipped when the clocks go forward does not run, and a time
 * that comes twice when they go back runs once, the first time.
 *
 * The sandbox, the doctor, the alerts and the review all rest on constructs/core/schedule. Here it is
 * compared with somebody who looks at the clock for two years; in `npm run test:slow`, every minute,
 * and in every zone.
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

it('schedules run when the clock shows their time', () => {
  const calendars = new Map(ZONES.map((zone) => [zone, calendarOf(zone, 15)]));
  const steady = calendarOf('UTC', 15);
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), crons, (zone, cron) => {
      expectAgreement(calendars.get(zone) ?? steady, steady, cron);
    }),
    { numRuns: 40 },
  );
});
