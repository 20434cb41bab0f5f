import { nextRuns, previousRun } from '../../../../constructs/core/schedule';

/** The next runs after an instant, as ISO text to the minute. */
function runs(cron: string, timeZone: string, after: string, count: number): string[] {
  return nextRuns({ cron, timeZone }, new Date(after), count).map((run) =>
    run.toISOString().replace(':00.000Z', 'Z'),
  );
}

describe('nextRuns, by field', () => {
  it.each([
    ['*/25 * * * *', ['00:25', '00:50', '01:00', '01:25']],
    ['10-40/15 * * * *', ['00:10', '00:25', '00:40', '01:10']],
    ['0 9-17/4 * * *', ['09:00', '13:00', '17:00']],
    ['5,35 1,3 * * *', ['01:05', '01:35', '03:05', '03:35']],
  ])('finds the times of %s', (cron, times) => {
    const expected = times.map((time) => `2026-11-24T${time}Z`);

    expect(runs(cron, 'UTC', '2026-11-24T00:00:00Z', times.length)).toEqual(expected);
  });

  // 2026-11-24 is a Tuesday.
  it.each([
    ['0 0 * * MON-FRI', ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30']],
    ['0 0 * * 0', ['2026-11-29', '2026-12-06']],
    ['0 0 * * 7', ['2026-11-29', '2026-12-06']],
    ['0 0 * * 5-7', ['2026-11-27', '2026-11-28', '2026-11-29', '2026-12-04']],
    ['0 0 1 JAN,JUL *', ['2027-01-01', '2027-07-01', '2028-01-01']],
    ['0 0 31 * *', ['2026-12-31', '2027-01-31', '2027-03-31']],
    ['0 0 29 2 *', ['2028-02-29', '2032-02-29']],
  ])('finds the days of %s', (cron, days) => {
    const expected = days.map((day) => `${day}T00:00Z`);

    expect(runs(cron, 'UTC', '2026-11-24T00:00:00Z', days.length)).toEqual(expected);
  });

  it('matches either the day of month or the day of week', () => {
    expect(runs('0 0 13 * FRI', 'UTC', '2026-11-24T00:00:00Z', 5)).toEqual([
      '2026-11-27T00:00Z',
      '2026-12-04T00:00Z',
      '2026-12-11T00:00Z',
      '2026-12-13T00:00Z',
      '2026-12-18T00:00Z',
    ]);
  });

  it('finds the rest of a day, then every time of the following days', () => {
    // 2026-11-27 is a Friday.
    expect(runs('*/30 9-10 * * MON-FRI', 'UTC', '2026-11-27T09:40:00Z', 9)).toEqual([
      '2026-11-27T10:00Z',
      '2026-11-27T10:30Z',
      '2026-11-30T09:00Z',
      '2026-11-30T09:30Z',
      '2026-11-30T10:00Z',
      '2026-11-30T10:30Z',
      '2026-12-01T09:00Z',
      '2026-12-01T09:30Z',
      '2026-12-01T10:00Z',
    ]);
  });

  it('finds 29 February across a century without a leap year', () => {
    expect(runs('0 0 29 2 *', 'UTC', '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-29T00:00Z']);
  });
});

describe('nextRuns', () => {
  it('is strictly after the instant, to the second', () => {
    expect(runs('0 2 * * *', 'UTC', '2026-11-24T02:00:00Z', 1)).toEqual(['2026-11-25T02:00Z']);
    expect(runs('0 2 * * *', 'UTC', '2026-11-24T01:59:59.999Z', 1)).toEqual(['2026-11-24T02:00Z']);
  });

  it.each([0, -1])('returns none for a count of %i', (count) => {
    expect(runs('* * * * *', 'UTC', '2026-11-24T00:00:00Z', count)).toEqual([]);
  });

  it('follows the wall clock of a zone with a half-hour offset', () => {
    expect(runs('30 9 * * *', 'Asia/Kolkata', '2026-11-24T00:00:00Z', 1)).toEqual([
      '2026-11-24T04:00Z',
    ]);
  });
});

// Every instant is calculated by hand, from the zone's rule in the test's name.

describe('Sydney: clocks go back at 03:00 (UTC+11) on 4 April 2027', () => {
  it('runs a doubled time once, the first time', () => {
    expect(runs('0 2 * * *', 'Australia/Sydney', '2027-04-02T12:00:00Z', 3)).toEqual([
      '2027-04-02T15:00Z',
      '2027-04-03T15:00Z',
      '2027-04-04T16:00Z',
    ]);
  });

  it('runs 03:00 after the change', () => {
    expect(runs('0 3 * * *', 'Australia/Sydney', '2027-04-02T12:00:00Z', 3)).toEqual([
      '2027-04-02T16:00Z',
      '2027-04-03T17:00Z',
      '2027-04-04T17:00Z',
    ]);
  });

  it('finds no runs in the hour when it occurs the second time', () => {
    expect(runs('30 2 * * *', 'Australia/Sydney', '2027-04-03T16:15:00Z', 1)).toEqual([
      '2027-04-04T16:30Z',
    ]);
  });

  it('runs an hourly job once in the doubled hour', () => {
    expect(runs('0 * * * *', 'Australia/Sydney', '2027-04-03T14:30:00Z', 3)).toEqual([
      '2027-04-03T15:00Z',
      '2027-04-03T17:00Z',
      '2027-04-03T18:00Z',
    ]);
  });
});

describe('Sydney: clocks go forward at 02:00 (UTC+10) on 3 October 2027', () => {
  it('does not run a skipped time', () => {
    expect(runs('0 2 * * *', 'Australia/Sydney', '2027-10-01T12:00:00Z', 2)).toEqual([
      '2027-10-01T16:00Z',
      '2027-10-03T15:00Z',
    ]);
  });

  it('runs 03:00 at the instant of the change', () => {
    expect(runs('0 3 * * *', 'Australia/Sydney', '2027-10-01T12:00:00Z', 3)).toEqual([
      '2027-10-01T17:00Z',
      '2027-10-02T16:00Z',
      '2027-10-03T16:00Z',
    ]);
  });

  it('runs an hourly job every hour', () => {
    expect(runs('0 * * * *', 'Australia/Sydney', '2027-10-02T14:30:00Z', 3)).toEqual([
      '2027-10-02T15:00Z',
      '2027-10-02T16:00Z',
      '2027-10-02T17:00Z',
    ]);
  });
});

describe('London: clocks change at 01:00 UTC, forward on 28 March and back on 31 October', () => {
  it('skips 01:30', () => {
    expect(runs('30 1 * * *', 'Europe/London', '2027-03-27T00:00:00Z', 2)).toEqual([
      '2027-03-27T01:30Z',
      '2027-03-29T00:30Z',
    ]);
  });

  it('runs the doubled 01:30 the first time', () => {
    expect(runs('30 1 * * *', 'Europe/London', '2027-10-30T00:00:00Z', 3)).toEqual([
      '2027-10-30T00:30Z',
      '2027-10-31T00:30Z',
      '2027-11-01T01:30Z',
    ]);
  });
});

describe('New York: clocks change at 02:00, forward on 14 March and back on 7 November', () => {
  it('skips 02:30', () => {
    expect(runs('30 2 * * *', 'America/New_York', '2027-03-13T00:00:00Z', 2)).toEqual([
      '2027-03-13T07:30Z',
      '2027-03-15T06:30Z',
    ]);
  });

  it('runs the doubled 01:30 the first time', () => {
    expect(runs('30 1 * * *', 'America/New_York', '2027-11-06T00:00:00Z', 3)).toEqual([
      '2027-11-06T05:30Z',
      '2027-11-07T05:30Z',
      '2027-11-08T06:30Z',
    ]);
  });
});

describe('Lord Howe: by half an hour at 02:00, back on 4 April and forward on 3 October', () => {
  it('runs the doubled 01:45 the first time', () => {
    expect(runs('45 1 * * *', 'Australia/Lord_Howe', '2027-04-02T12:00:00Z', 3)).toEqual([
      '2027-04-02T14:45Z',
      '2027-04-03T14:45Z',
      '2027-04-04T15:15Z',
    ]);
  });

  it('skips 02:15', () => {
    expect(runs('15 2 * * *', 'Australia/Lord_Howe', '2027-10-01T12:00:00Z', 2)).toEqual([
      '2027-10-01T15:45Z',
      '2027-10-03T15:15Z',
    ]);
  });

  it('runs 02:30 at the instant of the change', () => {
    expect(runs('30 2 * * *', 'Australia/Lord_Howe', '2027-10-02T12:00:00Z', 1)).toEqual([
      '2027-10-02T15:30Z',
    ]);
  });
});

describe('previousRun', () => {
  const previous = (cron: string, timeZone: string, at: string): string | undefined =>
    previousRun({ cron, timeZone }, new Date(at))?.toISOString();

  it('is the last run at or before the instant', () => {
    expect(previous('*/5 * * * *', 'UTC', '2026-11-24T00:04:59Z')).toBe('2026-11-24T00:00:00.000Z');
    expect(previous('*/5 * * * *', 'UTC', '2026-11-24T00:05:00Z')).toBe('2026-11-24T00:05:00.000Z');
  });

  it('is found however long ago it was', () => {
    expect(previous('0 0 1 1 *', 'UTC', '2026-12-31T23:59:00Z')).toBe('2026-01-01T00:00:00.000Z');
    expect(previous('0 0 29 2 *', 'UTC', '2104-02-28T00:00:00Z')).toBe('2096-02-29T00:00:00.000Z');
  });

  it('is never a skipped time, and the first of a doubled one', () => {
    // Clocks go forward in Sydney at 2027-10-02T16:00Z, and back at 2027-04-03T16:00Z.
    expect(previous('0 2 * * *', 'Australia/Sydney', '2027-10-03T03:00:00Z')).toBe(
      '2027-10-01T16:00:00.000Z',
    );
    expect(previous('0 2 * * *', 'Australia/Sydney', '2027-04-03T16:30:00Z')).toBe(
      '2027-04-03T15:00:00.000Z',
    );
  });
});
