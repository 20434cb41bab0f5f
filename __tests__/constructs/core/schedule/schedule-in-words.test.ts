import { scheduleInWords } from '../../../../constructs/core/schedule';

it.each([
  ['0 2 * * *', 'At 02:00, every day'],
  ['0 14 * * *', 'At 14:00, every day'],
  ['0 4 * * 0', 'At 04:00, only on Sunday'],
  ['0 4 * * 7', 'At 04:00, only on Sunday'],
  ['0 4 * * 0,7', 'At 04:00, only on Sunday'],
  ['0 4 * * MON,SUN,0,7', 'At 04:00, only on Sunday and Monday'],
  ['0 4 * * 5-7', 'At 04:00, Friday through Sunday'],
  ['0 4 * * 5-7,0', 'At 04:00, only on Sunday, Friday, and Saturday'],
  ['0 4 * * 0-7', 'At 04:00, Sunday through Saturday'],
  ['0 4 * * 0-7/7', 'At 04:00, only on Sunday'],
  ['0 4,04 1,1 * *', 'At 04:00, on day 1 of the month'],
  ['0 * * * *', 'Every hour'],
  ['*/5 * * * *', 'Every 5 minutes'],
  ['*/10 * * * *', 'Every 10 minutes'],
  ['0 9 * * MON-FRI', 'At 09:00, Monday through Friday'],
  ['0 0 1 1 *', 'At 00:00, on day 1 of the month, only in January'],
  [
    '0 0 1 * 1-5',
    'At 00:00, on day 1 of the month, and on Monday, Tuesday, Wednesday, Thursday, and Friday',
  ],
  ['0 0 1 * 5-7', 'At 00:00, on day 1 of the month, and on Sunday, Friday, and Saturday'],
  ['*/25 * * * *', 'At 0, 25, and 50 minutes past the hour, every day'],
  ['0 */5 * * *', 'At 00:00, 05:00, 10:00, 15:00 and 20:00, every day'],
  ['0 */6 * * *', 'On the hour, every 6 hours'],
])('describes %s as %s', (cron, words) => {
  expect(scheduleInWords(cron)).toBe(words);
});
