import fc from 'fast-check';
import {
  checkCron,
  runsEveryHour,
  nextRuns,
  scheduleInWords,
} from '../../../../constructs/core/schedule';

const FORMAT = 'minute hour day-of-month month day-of-week';

/** The values of each field, as in messages. */
const RANGES = {
  minute: '0-59',
  hour: '0-23',
  'day of month': '1-31',
  month: '1-12 or JAN-DEC',
  'day of week': '0-7 or SUN-SAT',
} as const;

describe('checkCron', () => {
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
    // Only the day of week ever matches.
    '0 0 31 2 MON',
    '0 0 31 4,5 *',
  ])('accepts %s', (expression) => {
    expect(checkCron(expression)).toEqual([]);
  });

  it.each([
    ['', 'must have 5 fields, has 0'],
    [' ', 'must have 5 fields, has 0'],
    ['*', 'must have 5 fields, has 1'],
    ['0 2 * *', 'must have 5 fields, has 4'],
    ['0 0 2 * * *', 'must have 5 fields, has 6'],
    ['0 0 2 * * * 2027', 'must have 5 fields, has 7'],
    ['0  2 * * *', 'fields must be separated by exactly one space'],
    [' 0 2 * * *', 'fields must be separated by exactly one space'],
    ['0 2 * * * ', 'fields must be separated by exactly one space'],
    ['0\t2 * * *', 'fields must be separated by exactly one space'],
  ])('rejects the fields of %j', (expression, wrong) => {
    expect(checkCron(expression)).toEqual([
      { wrong, expected: FORMAT, fix: 'write it like 0 2 * * *' },
    ]);
  });

  it.each([
    ['@daily', 'write 0 0 * * *'],
    ['@hourly', 'write 0 * * * *'],
    ['@weekly', 'write 0 0 * * 0'],
    ['@reboot', 'write it like 0 2 * * *'],
    ['@every 5m', 'write it like 0 2 * * *'],
  ])('rejects the shorthand %s', (expression, fix) => {
    expect(checkCron(expression)).toEqual([
      { wrong: 'Cloud Scheduler does not support @ shorthands', expected: FORMAT, fix },
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
  ] as const)('rejects %s, which is out of range', (expression, field, item) => {
    expect(checkCron(expression)).toEqual([
      { wrong: `${field} "${item}" must be ${RANGES[field]}`, fix: `use ${RANGES[field]}` },
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
  ] as const)('rejects %s, which is not supported', (expression, field, item) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `${field} "${item}" is not supported`,
        fix: `use *, ${RANGES[field]}, ranges (1-5), steps (*/10, 1-31/2) or lists of these`,
      },
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
  ] as const)('rejects the step of %s', (expression, field, item, largest) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `${field} "${item}" must have a step of 1-${largest}`,
        fix: `use a step of 1-${largest}`,
      },
    ]);
  });

  it('rejects a step without a range', () => {
    expect(checkCron('5/15 * * * *')).toEqual([
      {
        wrong: 'minute "5/15" has a step without a range',
        fix: 'write 5-59/15',
      },
    ]);
  });

  it.each([
    ['30-10 * * * *', 'minute', '30-10', '30-59,0-10'],
    ['0 22-2 * * *', 'hour', '22-2', '22-23,0-2'],
    ['0 23-0 * * *', 'hour', '23-0', '23,0'],
    ['0 22-4/3 * * *', 'hour', '22-4/3', '22,1,4'],
    ['0 0 28-3 * *', 'day of month', '28-3', '28-31,1-3'],
    ['0 0 * NOV-FEB *', 'month', 'NOV-FEB', 'NOV-DEC,JAN-FEB'],
    ['0 0 * * SAT-SUN', 'day of week', 'SAT-SUN', 'SAT,SUN'],
    ['0 0 * * FRI-SUN', 'day of week', 'FRI-SUN', 'FRI-SAT,SUN'],
    ['0 0 * * 6-1', 'day of week', '6-1', '6,0-1'],
    ['0 0 * * 7-2', 'day of week', '7-2', '0-2'],
    ['0 0 * * 6-2/2', 'day of week', '6-2/2', '6,1'],
  ] as const)(
    'rejects the reversed range of %s, and suggests the same values',
    (expression, field, item, same) => {
      expect(checkCron(expression)).toEqual([
        { wrong: `${field} "${item}" is a reversed range`, fix: `write ${same}` },
      ]);
      expect(checkCron(expression.replace(item, same))).toEqual([]);
    },
  );

  it('suggests the hours that a reversed range goes through', () => {
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(hour, hour, fc.option(fc.integer({ min: 1, max: 23 })), (from, to, step) => {
        fc.pre(from > to);
        const suffix = step === null ? '' : `/${step}`;
        const [finding] = checkCron(`0 ${from}-${to}${suffix} * * *`);
        const cron = `0 ${finding?.fix.replace('write ', '')} * * *`;
        expect(checkCron(cron)).toEqual([]);
        const expected = new Set<number>();
        for (let each = from; each <= to + 24; each += step ?? 1) expected.add(each % 24);
        const day = nextRuns({ cron, timeZone: 'UTC' }, new Date('2026-11-23T23:59:00Z'), 24)
          .map((run) => run.toISOString())
          .filter((run) => run.startsWith('2026-11-24'))
          .map((run) => Number(run.slice(11, 13)));
        expect(day).toEqual([...expected].sort((a, b) => a - b));
      }),
    );
  });

  it.each([
    ['0 0 * * mon', 'day of week', 'mon', 'MON'],
    ['0 0 * * Mon-Fri', 'day of week', 'Mon-Fri', 'MON-FRI'],
    ['0 0 * jan *', 'month', 'jan', 'JAN'],
  ] as const)(
    'rejects the case of %s, and suggests capitals',
    (expression, field, item, capitals) => {
      expect(checkCron(expression)).toEqual([
        {
          wrong: `${field} "${item}" must be in capitals`,
          fix: `write ${capitals}`,
        },
      ]);
    },
  );

  it.each(['0 0 31 2 *', '0 0 30 2 *', '0 0 31 2,4,6,9,11 *', '0 0 30-31 FEB *'])(
    'rejects %s, which never runs',
    (expression) => {
      expect(checkCron(expression)).toEqual([
        {
          wrong: 'never runs, because none of its months has that day',
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
  ])('rejects %s, which is ambiguous', (expression, dayOfMonth, dayOfWeek) => {
    expect(checkCron(expression)).toEqual([
      {
        wrong: `day of month "${dayOfMonth}" with day of week "${dayOfWeek}" is ambiguous: both or either may have to match`,
        fix: 'replace * with a range, such as 1-31/2 or 0-6/2; then either day matches',
      },
    ]);
  });

  it('reports every invalid item of every field at once', () => {
    expect(checkCron('60,*/0 25 32 13 8').map((finding) => finding.wrong)).toEqual([
      'minute "60" must be 0-59',
      'minute "*/0" must have a step of 1-59',
      'hour "25" must be 0-23',
      'day of month "32" must be 1-31',
      'month "13" must be 1-12 or JAN-DEC',
      'day of week "8" must be 0-7 or SUN-SAT',
    ]);
  });
});

describe('checkCron, with any string', () => {
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

  it('never throws, and accepts only what has runs and a description', () => {
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

  it('accepts five fields within range', () => {
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
        // A step over * in a day field requires * in the other one.
        const days = [texts[2] ?? '', texts[4] ?? ''];
        fc.pre(days.includes('*') || !days.some((day) => day.startsWith('*')));
        expect(checkCron(texts.join(' '))).toEqual([]);
      }),
    );
  });
});

describe('runsEveryHour', () => {
  it.each(['0 * * * *', '*/5 * * * *', '30 */1 * * *', '0 0-23 * * *'])(
    'is true for %s',
    (cron) => {
      expect(runsEveryHour(cron)).toBe(true);
    },
  );

  it.each(['0 2 * * *', '* */2 * * *', '0 1-23 * * *'])('is false for %s', (cron) => {
    expect(runsEveryHour(cron)).toBe(false);
  });
});
