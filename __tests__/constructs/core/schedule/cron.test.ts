import fc from 'fast-check';
import {
  checkCron,
  runsEveryHour,
  nextRuns,
  scheduleInWords,
} from '../../../../constructs/core/schedule';

const FIVE_FIELDS = 'five fields, minute hour day-of-month month day-of-week, one space between';
const FIELDS_FIX = 'write it like 0 2 * * *; seconds and years do not exist';
const ITEM_FIX =
  'write only *, numbers, ranges such as 1-5, steps such as */10 or 1-31/2, and lists of these';

/** What each field allows, as a message says it. */
const ALLOWED = {
  minute: '0-59',
  hour: '0-23',
  'day of month': '1-31',
  month: '1-12 or JAN to DEC',
  'day of week': '0-7 or SUN to SAT (0 and 7 are Sunday)',
} as const;

describe('checkCron accepts', () => {
  it.each([
    '* * * * *',
    '0 0 1 1 0',
    '59 23 31 12 7',
    '00 02 * * *',
    '*/5 * * * *',
    '*/59 * * * *',
    '*/1 */23 */30 */11 *',
    '* * * * */7',
    '0 0 1-31/2 * 0-6/2',
    '10-40/15 * * * *',
    '0,15,30-35,*/20 * * * *',
    '7-7 * * * *',
    '0 9 * * MON-FRI',
    '0 9 * JAN-MAR/2 SUN,WED,SAT',
    '0 0 * * 5-7',
    '0 0 29 2 *',
    // The day of week alone makes it fire.
    '0 0 31 2 MON',
    '0 0 31 4,5 *',
  ])('%s', (expression) => {
    expect(checkCron(expression)).toEqual([]);
  });
});

describe('checkCron refuses', () => {
  it.each([
    ['', 'it has 0 fields'],
    [' ', 'it has 0 fields'],
    ['*', 'it has 1 field'],
    ['0 2 * *', 'it has 4 fields'],
    ['0 0 2 * * *', 'it has 6 fields'],
    ['0 0 2 * * * 2027', 'it has 7 fields'],
    ['0  2 * * *', 'the fields are not separated by one space each'],
    [' 0 2 * * *', 'the fields are not separated by one space each'],
    ['0 2 * * * ', 'the fields are not separated by one space each'],
    ['0\t2 * * *', 'the fields are not separated by one space each'],
  ])('%j, for its number of fields', (expression, wrong) => {
    expect(checkCron(expression)).toEqual([{ wrong, expected: FIVE_FIELDS, fix: FIELDS_FIX }]);
  });

  it.each(['@daily', '@hourly', '@reboot', '@every 5m'])('%s', (expression) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: 'Cloud Scheduler knows no @ shorthands',
        expected: FIVE_FIELDS,
        fix: 'spell it out, for example 0 0 * * * for @daily',
      },
    ]);
  });

  it.each([
    ['60 * * * *', 'minute', '60'],
    ['-1 * * * *', 'minute', '-1'],
    ['50-60 * * * *', 'minute', '50-60'],
    ['0 24 * * *', 'hour', '24'],
    ['0 0 0 * *', 'day of month', '0'],
    ['0 0 32 * *', 'day of month', '32'],
    ['0 0 * 0 *', 'month', '0'],
    ['0 0 * 13 *', 'month', '13'],
    ['0 0 * * 8', 'day of week', '8'],
  ] as const)('%s, out of range', (expression, field, item) => {
    expect(checkCron(expression)).toEqual([
      { wrong: `${field} "${item}" is out of range`, expected: ALLOWED[field], fix: ITEM_FIX },
    ]);
  });

  it.each([
    ['0 0 L * *', 'day of month', 'L'],
    ['0 0 15W * *', 'day of month', '15W'],
    ['0 0 ? * *', 'day of month', '?'],
    ['0 0 * * 5#2', 'day of week', '5#2'],
    ['0 0 * * 5L', 'day of week', '5L'],
    ['0 0 * * MONDAY', 'day of week', 'MONDAY'],
    ['0 0 * * monday', 'day of week', 'monday'],
    ['0 0 * MON *', 'month', 'MON'],
    ['MON * * * *', 'minute', 'MON'],
    ['H * * * *', 'minute', 'H'],
    ['1.5 * * * *', 'minute', '1.5'],
    ['+1 * * * *', 'minute', '+1'],
    ['٣ * * * *', 'minute', '٣'],
    ['1-2-3 * * * *', 'minute', '1-2-3'],
    ['1/2/3 * * * *', 'minute', '1/2/3'],
    ['/5 * * * *', 'minute', '/5'],
    ['*-5 * * * *', 'minute', '*-5'],
    ['1, * * * *', 'minute', ''],
  ] as const)('%s, not understood', (expression, field, item) => {
    expect(checkCron(expression)).toEqual([
      { wrong: `${field} "${item}" is not understood`, expected: ALLOWED[field], fix: ITEM_FIX },
    ]);
  });

  it.each([
    ['*/0 * * * *', 'minute', '*/0', 59],
    ['*/60 * * * *', 'minute', '*/60', 59],
    ['*/ * * * *', 'minute', '*/', 59],
    ['*/1e1 * * * *', 'minute', '*/1e1', 59],
    ['0 */24 * * *', 'hour', '*/24', 23],
    ['0 0 1-31/0 * *', 'day of month', '1-31/0', 30],
    ['0 0 * * */8', 'day of week', '*/8', 7],
  ] as const)('%s, for its step', (expression, field, item, largest) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `${field} "${item}" has a step out of range`,
        expected: ALLOWED[field],
        fix: `use a step of 1 to ${largest}`,
      },
    ]);
  });

  it('a step without a range', () => {
    expect(checkCron('5/15 * * * *')).toEqual([
      {
        wrong: 'minute "5/15" has a step without a range',
        expected: '0-59',
        fix: 'write 5-59/15, or */15',
      },
    ]);
  });

  it.each([
    ['30-10 * * * *', 'minute', '30-10'],
    ['0 0 * NOV-FEB *', 'month', 'NOV-FEB'],
    ['0 0 * * FRI-SUN', 'day of week', 'FRI-SUN'],
  ] as const)('%s, backwards', (expression, field, item) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `${field} "${item}" runs backwards`,
        expected: ALLOWED[field],
        fix: 'put the smaller value first, or list two ranges',
      },
    ]);
  });

  it.each([
    ['0 0 * * mon', 'day of week', 'mon', 'MON'],
    ['0 0 * * Mon-Fri', 'day of week', 'Mon-Fri', 'MON-FRI'],
    ['0 0 * jan *', 'month', 'jan', 'JAN'],
  ] as const)('%s, and says how to capitalize it', (expression, field, item, capitals) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `${field} "${item}" has a name that is not in capitals`,
        expected: ALLOWED[field],
        fix: `write ${capitals}`,
      },
    ]);
  });

  it.each(['0 0 31 2 *', '0 0 30 2 *', '0 0 31 2,4,6,9,11 *', '0 0 30-31 FEB *'])(
    '%s, which never fires',
    (expression) => {
      expect(checkCron(expression)).toEqual([
        {
          wrong: 'it never fires: no month it names has that day',
          expected: 'a day of month that exists in at least one of the months',
          fix: 'correct the day of month or the month',
        },
      ]);
    },
  );

  // By crontab(5) these mean both; to croner, and others, either.
  it.each([
    ['0 0 */2 * MON', '*/2', 'MON'],
    ['0 0 1-7 * */7', '1-7', '*/7'],
    ['0 0 *,5 * */1', '*,5', '*/1'],
  ])('%s, of which nobody says what it means', (expression, dayOfMonth, dayOfWeek) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `day of month "${dayOfMonth}" and day of week "${dayOfWeek}" could mean both or either`,
        expected: '* with a step or in a list only where the other day field is *',
        fix: 'write a range instead of the *, such as 1-31/2 or 0-6/2; then either matches',
      },
    ]);
  });

  it('every bad item of every field, all at once', () => {
    expect(checkCron('60,*/0 25 32 13 8').map((finding) => finding.wrong)).toEqual([
      'minute "60" is out of range',
      'minute "*/0" has a step out of range',
      'hour "25" is out of range',
      'day of month "32" is out of range',
      'month "13" is out of range',
      'day of week "8" is out of range',
    ]);
  });
});

describe('any text', () => {
  const item = fc.oneof(
    fc.constantFrom('*', '*/2', '1-5', 'MON', 'JAN', 'L', '?', ''),
    fc.integer({ min: -1, max: 61 }).map(String),
    fc
      .tuple(fc.integer({ min: 0, max: 61 }), fc.integer({ min: 0, max: 61 }))
      .map((ends) => ends.join('-')),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789*/-,LW#?')), maxLength: 5 }),
  );
  const field = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  const cronLike = fc
    .array(field, { minLength: 4, maxLength: 6 })
    .map((fields) => fields.join(' '));

  it('is judged without throwing, and what is accepted can be run and put in words', () => {
    const now = new Date('2026-11-24T00:00:00Z');
    fc.assert(
      fc.property(fc.oneof(fc.string(), cronLike), (text) => {
        if (checkCron(text).length > 0) return;
        const [first, second] = nextRuns({ cron: text, timeZone: 'Australia/Sydney' }, now, 2);
        expect(first?.getTime()).toBeGreaterThan(now.getTime());
        expect(second?.getTime()).toBeGreaterThan(first?.getTime() ?? NaN);
        expect(scheduleInWords(text)).toMatch(/^\S.*\S$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('of five fields within range is accepted', () => {
    const within = (min: number, max: number): fc.Arbitrary<string> =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map((ends) => ends.sort((a, b) => a - b).join('-')),
        fc.integer({ min: 1, max: max - min }).map((step) => `*/${step}`),
      );
    // Day 28 is the last that every month has.
    const fields = [within(0, 59), within(0, 23), within(1, 28), within(1, 12), within(0, 7)];
    fc.assert(
      fc.property(fc.tuple(...fields), (texts) => {
        // Steps over * in a day field go with a * in the other only.
        const days = [texts[2] ?? '', texts[4] ?? ''];
        fc.pre(days.includes('*') || !days.some((day) => day.startsWith('*')));
        expect(checkCron(texts.join(' '))).toEqual([]);
      }),
    );
  });
});

describe('runsEveryHour', () => {
  it.each(['0 * * * *', '*/5 * * * *', '30 */1 * * *', '0 0-23 * * *'])('%s: yes', (cron) => {
    expect(runsEveryHour(cron)).toBe(true);
  });

  it.each(['0 2 * * *', '* */2 * * *', '0 1-23 * * *'])('%s: no', (cron) => {
    expect(runsEveryHour(cron)).toBe(false);
  });
});
