import { hasSameRuns } from '../../../../constructs/core/schedule';

it.each([
  ['0 4 * * 0', '0 4 * * SUN'],
  ['0 4 * * 0', '0 4 * * 7'],
  ['*/30 * * * *', '0,30 * * * *'],
  ['0 0 1 1 *', '0 0 1 JAN *'],
  ['0 0 1-31 * *', '0 0 * * 0-6'],
  ['0 0 1-31 * MON', '0 0 * * *'],
  ['0 0 1 * 0-6', '0 0 * * *'],
  ['0 0 3,1 * *', '0 0 1,3 * *'],
  ['0-59 0-23 * 1-12 *', '* * * * *'],
])('%s has the runs of %s', (one, other) => {
  expect(hasSameRuns(one, other)).toBe(true);
});

it.each([
  ['0 4 * * 0', '0 4 * * 1'],
  ['*/5 * * * *', '0 * * * *'],
  ['0 0 1 * *', '0 0 1 * MON'],
  ['0 0 1 * MON', '0 0 1 * TUE'],
  ['0 0 1 * MON', '0 0 2 * MON'],
  ['0 0 1 * *', '0 0 * * 1'],
  ['0 0 1,2 * *', '0 0 12 * *'],
  ['1 2 * * *', '2 1 * * *'],
  ['0 0 1 2 *', '0 0 2 1 *'],
])('%s has other runs than %s', (one, other) => {
  expect(hasSameRuns(one, other)).toBe(false);
});
