import { LOOKBACK_SECONDS, missedRunsAfterSeconds } from '../../../constructs/core/missed-runs';
import { longestGap } from '../../../constructs/core/schedule';

const HOUR = 3600;

describe('longestGap', () => {
  it.each([
    // Sydney skips 02:00 of the first Sunday in October; from 02:00 the day before, at UTC+10, to
    // 02:00 the day after, at UTC+11, are 47 hours.
    ['0 2 * * *', 'Australia/Sydney', 47],
    // 03:00 is never skipped; on the day in April that has 25 hours it comes 25 hours later.
    ['0 3 * * *', 'Australia/Sydney', 25],
    ['0 4 * * 0', 'Australia/Sydney', 7 * 24 + 1],
    // The second 02:00 of that day does not run.
    ['0 * * * *', 'Australia/Sydney', 2],
    ['*/10 * * * *', 'Australia/Sydney', 1 + 10 / 60],
    // Lord Howe's clocks go back by half an hour.
    ['*/10 * * * *', 'Australia/Lord_Howe', 0.5 + 10 / 60],
    ['0 2 * * *', 'UTC', 24],
    ['0 0 1 * *', 'UTC', 31 * 24],
    // Friday evening to Monday morning.
    ['0 9-17 * * MON-FRI', 'UTC', 64],
  ])('of %s in %s is %d hours', (cron, timeZone, hours) => {
    expect(longestGap({ cron, timeZone })).toBeCloseTo(hours * HOUR * 1000, 5);
  });

  it('is undefined for a schedule that runs once in two years', () => {
    expect(longestGap({ cron: '0 0 29 2 *', timeZone: 'UTC' })).toBeUndefined();
  });
});

describe('missedRunsAfterSeconds', () => {
  it('adds the longest gap, the time that a run may take, and a grace period', () => {
    const schedule = { cron: '0 2 * * *', timeZone: 'UTC' };
    expect(missedRunsAfterSeconds(schedule, 600)).toBe(24 * HOUR + 600 + 1800);
    expect(missedRunsAfterSeconds(schedule, 15, 0)).toBe(24 * HOUR + 15);
  });

  it.each([
    ['0 0 29 2 *', 'runs once in two years'],
    ['0 0 1 */3 *', 'runs less often than the metric is certainly kept'],
  ])('is undefined for a job (%s) that %s', (cron) => {
    expect(missedRunsAfterSeconds({ cron, timeZone: 'UTC' }, 600)).toBeUndefined();
  });

  it.each([
    ['60 2 * * *', 'UTC'],
    ['0 2 * * *', 'Berlin'],
  ])('is undefined for the invalid schedule %s in %s', (cron, timeZone) => {
    expect(missedRunsAfterSeconds({ cron, timeZone }, 600)).toBeUndefined();
  });

  it('is less than the time for which the metric is certainly kept', () => {
    const schedule = { cron: '0 2 * * *', timeZone: 'UTC' };
    const longest = LOOKBACK_SECONDS - 24 * HOUR;
    expect(missedRunsAfterSeconds(schedule, 0, longest - 1)).toBe(LOOKBACK_SECONDS - 1);
    expect(missedRunsAfterSeconds(schedule, 0, longest)).toBeUndefined();
  });

  it('of a monthly job is within the six weeks', () => {
    const after = missedRunsAfterSeconds({ cron: '0 0 1 * *', timeZone: 'UTC' }, 600);
    expect(after).toBe(31 * 24 * HOUR + 2400);
  });
});
