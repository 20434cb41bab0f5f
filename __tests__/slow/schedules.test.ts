import fc from 'fast-check';
import { calendarOf, crons, expectAgreement } from '../support/schedules';

jest.setTimeout(20 * 60_000);

/** The rule and the method: __tests__/constructs/core/schedule/by-the-clock.test.ts. */
const DOCUMENTED = ['*/5 * * * *', '*/10 * * * *', '0 * * * *', '0 2 * * *', '0 4 * * 0'];

it.each([
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Europe/London',
  'America/Santiago',
  'Africa/Casablanca',
])('runs schedules in %s when a clock, read every minute, shows their time', (zone) => {
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

it('runs schedules in every zone when a clock, read every 15 minutes, shows their time', () => {
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
