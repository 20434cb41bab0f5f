import fc from 'fast-check';
import { calendarOf, crons, expectAgreement } from '../support/schedules';

jest.setTimeout(20 * 60_000);

/** The rule that is tested, and how: __tests__/constructs/core/schedule/by-the-clock.test.ts. */
const DOCUMENTED = ['*/5 * * * *', '*/10 * * * *', '0 * * * *', '0 2 * * *', '0 4 * * 0'];

it.each([
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Europe/London',
  'America/Santiago',
  'Africa/Casablanca',
])('schedules in %s, by a look at the clock every minute', (zone) => {
  const calendar = calendarOf(zone, 1);
  const steady = calendarOf('UTC', 1);
  for (const cron of DOCUMENTED) expectAgreement(calendar, steady, cron);
  fc.assert(
    fc.property(crons, (cron) => {
      expectAgreement(calendar, steady, cron);
    }),
    { numRuns: 15 },
  );
});

it('schedules in every zone, by a look every quarter of an hour', () => {
  const steady = calendarOf('UTC', 15);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const calendar = calendarOf(zone, 15);
    for (const cron of ['0 2 * * *', ...fc.sample(crons, 1)]) {
      try {
        expectAgreement(calendar, steady, cron);
      } catch (error) {
        throw new Error(`They differ on ${cron} in ${zone}.`, { cause: error });
      }
    }
  }
});
