import { formatDuration } from '../../../constructs/core/format-duration';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.0124, '12 ms'],
    [1, '1 s'],
    [4.52, '4.5 s'],
    [45, '45 s'],
    [90, '90 s'],
    [120, '2 min'],
    [150, '2.5 min'],
    [600, '10 min'],
    [6300, '105 min'],
    [7200, '2 h'],
    [9720, '2.7 h'],
    [171_720, '48 h'],
    [172_800, '48 h'],
    [259_200, '3 d'],
    [604_800, '7 d'],
    [3_628_800, '42 d'],
  ])('formats %d seconds as %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });
});
