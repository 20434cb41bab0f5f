import { checkTimeZone, clockChanges, wallClock } from '../../../../constructs/core/schedule';

const EXPECTED = 'a tz database name (Area/Location) or UTC';

describe('checkTimeZone', () => {
  it.each([
    'UTC',
    'Etc/UTC',
    'Etc/GMT+10',
    'Australia/Sydney',
    'Australia/Lord_Howe',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'America/Port_of_Spain',
    // Aliases, which Intl resolves to another name.
    'Asia/Kolkata',
    'Asia/Calcutta',
    'Australia/NSW',
    'Europe/Kyiv',
    'Europe/Kiev',
    'US/Eastern',
  ])('accepts %s', (timeZone) => {
    expect(checkTimeZone(timeZone)).toEqual([]);
  });

  it('accepts every zone that Node knows', () => {
    const rejected = Intl.supportedValuesOf('timeZone').filter(
      (timeZone) => checkTimeZone(timeZone).length > 0,
    );

    expect(rejected).toEqual([]);
  });

  it.each([
    ['Australia/Sydny', 'Australia/Sydney'],
    ['Australia/Sidney', 'Australia/Sydney'],
    ['Amercia/New_York', 'America/New_York'],
    ['America/New York', 'America/New_York'],
    ['right/Europe/London', 'Europe/London'],
    // Wrong case, aliases included.
    ['australia/sydney', 'Australia/Sydney'],
    ['Australia/sydney', 'Australia/Sydney'],
    ['AUSTRALIA/SYDNEY', 'Australia/Sydney'],
    ['Asia/kolkata', 'Asia/Kolkata'],
    ['Etc/gmt+10', 'Etc/GMT+10'],
    ['utc', 'UTC'],
    // No name is close: an example.
    ['Mars/Olympus_Mons', 'Australia/Sydney'],
    ['', 'Australia/Sydney'],
    // Abbreviations, which JavaScript accepts.
    ['EST', 'Australia/Sydney'],
    ['AEST', 'Australia/Sydney'],
  ])('rejects %j and suggests %s', (timeZone, suggestion) => {
    expect(checkTimeZone(timeZone)).toEqual([
      {
        wrong: 'is not a time zone',
        expected: EXPECTED,
        fix: `use a name such as ${suggestion}`,
      },
    ]);
  });

  it.each(['+10:00', '-05', 'UTC+10', 'GMT-5'])('rejects the offset %s', (timeZone) => {
    expect(checkTimeZone(timeZone)).toEqual([
      {
        wrong: 'is an offset, not a time zone',
        expected: EXPECTED,
        fix: 'use a name such as Australia/Sydney',
      },
    ]);
  });

  it.each(['constructor', '__proto__', ' Australia/Sydney', 'Australia/Sydney\n'])(
    'rejects %j',
    (timeZone) => {
      expect(checkTimeZone(timeZone)).toHaveLength(1);
    },
  );
});

const HOUR = 3_600_000;

/** The changes in 2027; the instants below are calculated from the zones' rules. */
function changesOf2027(timeZone: string): unknown[] {
  const changes = [];
  for (const { at, before, after } of clockChanges(timeZone, new Date('2027-01-01T00:00:00Z'))) {
    if (at.getUTCFullYear() > 2027) break;
    changes.push([at.toISOString(), before / HOUR, after / HOUR]);
  }
  return changes;
}

describe('clockChanges', () => {
  it('gives those of Sydney: back at 03:00 on the first Sunday of April, forward at 02:00 in October', () => {
    expect(changesOf2027('Australia/Sydney')).toEqual([
      ['2027-04-03T16:00:00.000Z', 11, 10],
      ['2027-10-02T16:00:00.000Z', 10, 11],
    ]);
  });

  it('gives those of London: at 01:00 UTC on the last Sundays of March and October', () => {
    expect(changesOf2027('Europe/London')).toEqual([
      ['2027-03-28T01:00:00.000Z', 0, 1],
      ['2027-10-31T01:00:00.000Z', 1, 0],
    ]);
  });

  it('gives those of New York: at 02:00 on the second Sunday of March and the first of November', () => {
    expect(changesOf2027('America/New_York')).toEqual([
      ['2027-03-14T07:00:00.000Z', -5, -4],
      ['2027-11-07T06:00:00.000Z', -4, -5],
    ]);
  });

  it('gives those of Lord Howe: by half an hour', () => {
    expect(changesOf2027('Australia/Lord_Howe')).toEqual([
      ['2027-04-03T15:00:00.000Z', 11, 10.5],
      ['2027-10-02T15:30:00.000Z', 10.5, 11],
    ]);
  });

  it.each(['UTC', 'Australia/Brisbane', 'Asia/Kolkata', 'Etc/GMT+10'])(
    'gives none for %s',
    (timeZone) => {
      expect([...clockChanges(timeZone, new Date('2027-01-01T00:00:00Z'))]).toEqual([]);
    },
  );
});

it('shows a doubled hour twice on the wall clock', () => {
  const wall = (at: string): string => wallClock('Australia/Sydney', new Date(at));

  expect(wall('2027-04-03T15:30:00Z')).toBe('2027-04-04 02:30');
  expect(wall('2027-04-03T16:30:00Z')).toBe('2027-04-04 02:30');
  expect(wall('2027-04-03T17:00:00Z')).toBe('2027-04-04 03:00');
});
