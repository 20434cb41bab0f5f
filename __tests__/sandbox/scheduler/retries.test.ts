import { retryWait } from '../../../constructs/core/retries';
import { retryTime } from '../../../sandbox/scheduler/retries';
import { retries } from './simulation';

const seconds = (policy: Parameters<typeof retries>[0], count: number): number[] =>
  Array.from({ length: count }, (_, index) => retryWait(retries(policy), index + 1) / 1000);

it('waits as in the example of the API reference', () => {
  const policy = { minBackoff: 10_000, maxBackoff: 300_000, maxDoublings: 3 };
  expect(seconds(policy, 8)).toEqual([10, 20, 40, 80, 160, 240, 300, 300]);
});

it('adds the first wait each time if there are no doublings', () => {
  expect(seconds({ minBackoff: 5000, maxDoublings: 0 }, 4)).toEqual([5, 10, 15, 20]);
});

it('never waits longer than the maximum', () => {
  expect(seconds({ minBackoff: 50_000, maxBackoff: 60_000 }, 3)).toEqual([50, 60, 60]);
});

it('waits at least a second, so that time advances', () => {
  expect(retryTime(retries({ count: 1, minBackoff: 0, maxBackoff: 0 }), 1, 0, 0)).toBe(1000);
});
