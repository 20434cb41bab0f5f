import { calendar } from '../../lib/icalendar';

const NOW = new Date('2026-11-26T03:00:00Z');

it('writes events in UTC, with line breaks that calendars require', () => {
  const at = new Date('2026-11-26T15:00:00Z');
  const event = { id: 'a-1', at, title: 'nightly', description: '', category: 'dev' };
  expect(calendar('My jobs', NOW, [event])).toBe(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//My jobs//EN', 'X-WR-CALNAME:My jobs'],
      ...['BEGIN:VEVENT', 'UID:a-1@My-jobs', 'DTSTAMP:20261126T030000Z'],
      ...['DTSTART:20261126T150000Z', 'SUMMARY:nightly', 'CATEGORIES:dev', 'TRANSP:TRANSPARENT'],
      ...['END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  );
});

it('escapes text, so that none of it is read as a property', () => {
  const title = 'a;b,c\\d\r\nBEGIN:VALARM\u0007';
  const event = { id: '1', at: NOW, title, description: '', category: 'x' };
  expect(calendar('x', NOW, [event])).toContain('\r\nSUMMARY:a\\;b\\,c\\\\d\\nBEGIN:VALARM\r\n');
});

it('folds lines to 75 bytes without splitting a character', () => {
  const description = 'ä'.repeat(100);
  const event = { id: '1', at: NOW, title: 't', description, category: 'x' };
  const file = calendar('x', NOW, [event]);
  expect(
    Math.max(...file.split('\r\n').map((line) => Buffer.byteLength(line))),
  ).toBeLessThanOrEqual(75);
  expect(file.replaceAll('\r\n ', '')).toContain(`DESCRIPTION:${description}\r\n`);
});
