import { clockChangeEffects } from '../../../../constructs/core/schedule';

/** The effects of the clock changes from November 2026 to the end of 2027 on a schedule. */
function effects(
  cron: string,
  timeZone: string,
  from = '2026-11-24T00:00:00Z',
  until = '2028-01-01T00:00:00Z',
): string[] {
  return [...clockChangeEffects({ cron, timeZone }, new Date(from), new Date(until))].map(
    ({ wallTime, kind }) => `${wallTime} ${kind}`,
  );
}

it.each([
  // From 02:00 to 03:00, twice on 4 April and never on 3 October.
  ['Australia/Sydney', '0 2 * * *', ['2027-04-04 02:00 doubled', '2027-10-03 02:00 skipped']],
  ['Australia/Sydney', '59 2 * * *', ['2027-04-04 02:59 doubled', '2027-10-03 02:59 skipped']],
  [
    'Australia/Sydney',
    '*/30 1-3 * * *',
    [
      '2027-04-04 02:00 doubled',
      '2027-04-04 02:30 doubled',
      '2027-10-03 02:00 skipped',
      '2027-10-03 02:30 skipped',
    ],
  ],
  ['Australia/Sydney', '0 2 * OCT *', ['2027-10-03 02:00 skipped']],
  ['Australia/Sydney', '0 2 * * 7', ['2027-04-04 02:00 doubled', '2027-10-03 02:00 skipped']],
  // From 01:00 to 02:00, never on 28 March and twice on 31 October.
  ['Europe/London', '0 1 * * *', ['2027-03-28 01:00 skipped', '2027-10-31 01:00 doubled']],
  // From 02:00 to 03:00 never on 14 March; from 01:00 to 02:00 twice on 7 November.
  ['America/New_York', '0 2 * * *', ['2027-03-14 02:00 skipped']],
  ['America/New_York', '0 1 * * *', ['2027-11-07 01:00 doubled']],
  // From 01:30 to 02:00 twice on 4 April; from 02:00 to 02:30 never on 3 October.
  ['Australia/Lord_Howe', '30 1 * * *', ['2027-04-04 01:30 doubled']],
  ['Australia/Lord_Howe', '0 2 * * *', ['2027-10-03 02:00 skipped']],
])('finds the effects in %s on %s', (timeZone, cron, expected) => {
  expect(effects(cron, timeZone)).toEqual(expected);
});

it.each([
  ['Australia/Sydney', '0 3 * * *', 'the first time after the change'],
  ['Australia/Sydney', '59 1 * * *', 'the last time before'],
  ['Australia/Sydney', '0 2 * * MON', 'never on a Sunday'],
  ['Australia/Sydney', '0 2 8-31 * *', 'never on a first Sunday'],
  ['Australia/Sydney', '*/10 * * * *', 'runs soon before and after'],
  ['Australia/Lord_Howe', '29 1 * * *', 'just before the half hour'],
  ['Australia/Lord_Howe', '30 2 * * *', 'just after the half hour'],
  ['Australia/Brisbane', '0 2 * * *', 'no daylight saving'],
  ['UTC', '0 2 * * *', 'no daylight saving'],
])('finds no effect in %s on %s: %s', (timeZone, cron) => {
  expect(effects(cron, timeZone)).toEqual([]);
});

it('finds only changes between the two instants', () => {
  const change = '2027-04-03T16:00:00Z';
  const zone = 'Australia/Sydney';

  expect(effects('0 2 * * *', zone, '2027-01-01T00:00:00Z', change)).toHaveLength(1);
  expect(effects('0 2 * * *', zone, '2027-01-01T00:00:00Z', '2027-04-03T15:59:59Z')).toEqual([]);
  expect(effects('0 2 * * *', zone, change, '2027-10-01T00:00:00Z')).toEqual([]);
});
