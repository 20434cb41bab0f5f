import { count } from '../../lib/count';

it.each([
  [0, '0 jobs'],
  [1, '1 job'],
  [6, '6 jobs'],
])('counts %d with its noun', (number, expected) => {
  expect(count(number, 'job')).toBe(expected);
});
