import { buildWeek } from '../../page/week/build-week';
import { calendarWeek } from '../../page/week/days';
import { weekAsText } from '../../page/week/week-as-text';
import { job, TIME_ZONE } from './support';

/** The weeks of some schedules, beside each other. */
function text(now: string, ...crons: string[]): string[] {
  const days = calendarWeek(TIME_ZONE, new Date(now));
  const week = buildWeek(
    crons.map((cron) => job(cron)),
    { ...days, now: new Date(now), timeZone: TIME_ZONE },
  );
  const titled = week.rows.map((row, index) => ({ title: index === 0 ? 'Now' : 'Planned', row }));
  return weekAsText(week, titled).split('\n');
}

it('shows two weeks beside each other, a line for each day and a character for each hour', () => {
  expect(text('2026-11-26T03:17:00Z', '0 2 * * *', '*/30 4-6 * * MON-FRI')).toEqual([
    '             Now                        Planned',
    '             0     6     12    18       0     6     12    18',
    'Thu 26 Nov   ··1·····················   ····222·················',
    'Fri 27 Nov   ··1·····················   ····222·················',
    'Sat 28 Nov   ··1·····················   ························',
    'Sun 29 Nov   ··1·····················   ························',
    'Mon 30 Nov   ··1·····················   ····222·················',
    'Tue 1 Dec    ··1·····················   ····222·················',
    'Wed 2 Dec    ··1·····················   ····222·················',
  ]);
});

it('marks hours with many runs, and times that daylight saving doubles or skips', () => {
  const april = text('2027-04-04T03:00:00Z', '0 2 * * *', '*/5 12 * * *');
  expect(april[2]).toBe('Sun 4 Apr    ··d·····················   ············+···········');
  expect(april.at(-1)).toBe('+ more than 9 runs; d doubled: the clocks go back');
  const october = text('2027-10-03T03:00:00Z', '0 2 * * *');
  expect(october[2]).toBe('Sun 3 Oct    ··x·····················');
  expect(october.at(-1)).toBe('x skipped: the clocks go forward');
});
