import { previousRun } from '../../../../constructs/core/schedule';

function previous(cron: string, at: string, timeZone = 'Australia/Sydney'): string | undefined {
  return previousRun({ cron, timeZone }, new Date(at))?.toISOString();
}

it.each([
  // Sydney is at +11:00 in November.
  ['0 2 * * *', '2026-11-24T15:00:00Z', '2026-11-24T15:00:00.000Z'],
  ['0 2 * * *', '2026-11-24T14:59:59Z', '2026-11-23T15:00:00.000Z'],
  ['*/5 * * * *', '2026-11-24T15:04:59Z', '2026-11-24T15:00:00.000Z'],
  ['0 4 * * 0', '2026-11-28T16:59:59Z', '2026-11-21T17:00:00.000Z'],
  // 29 February occurs every four years.
  ['0 0 29 2 *', '2027-06-01T00:00:00Z', '2024-02-28T13:00:00.000Z'],
])('finds the previous run of %s at %s: %s', (cron, at, expected) => {
  expect(previous(cron, at)).toBe(expected);
});

it('skips a time that does not exist', () => {
  // On 2026-10-04 in Sydney, 02:00 to 02:59 does not exist.
  expect(previous('30 2 * * *', '2026-10-04T12:00:00Z')).toBe('2026-10-02T16:30:00.000Z');
});

it('finds the first of a doubled time', () => {
  // On 2027-04-04 in Sydney, 02:30 is at 15:30 UTC and again at 16:30 UTC.
  expect(previous('30 2 * * *', '2027-04-03T17:00:00Z')).toBe('2027-04-03T15:30:00.000Z');
});
