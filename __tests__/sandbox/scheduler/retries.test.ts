import { backoff } from '../../../sandbox/scheduler/retries';
import { retries } from './simulation';

const seconds = (policy: Parameters<typeof retries>[0], count: number): number[] =>
  Array.from({ length: count }, (_, index) => backoff(retries(policy), index + 1) / 1000);

it("waits are those of the API reference's example", () => {
  const policy = { minBackoff: 10_000, maxBackoff: 300_000, maxDoublings: 3 };
  expect(seconds(policy, 8)).toEqual([10, 20, 40, 80, 160, 240, 300, 300]);
});

it('without doublings they grow by the first wait', () => {
  expect(seconds({ minBackoff: 5000, maxDoublings: 0 }, 4)).toEqual([5, 10, 15, 20]);
});

it('they never exceed the largest wait', () => {
  expect(seconds({ minBackoff: 50_000, maxBackoff: 60_000 }, 3)).toEqual([50, 60, 60]);
});

it('they are at least a second, or time would not go on', () => {
  expect(seconds({ minBackoff: 0, maxBackoff: 0 }, 2)).toEqual([1, 1]);
});
