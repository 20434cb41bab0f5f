/** An event without a length. */
export interface CalendarEvent {
  /** Stays the same when the calendar is written again, so that it is updated and not doubled. */
  readonly id: string;
  readonly at: Date;
  readonly title: string;
  readonly description: string;
  readonly category: string;
}

/**
 * A calendar file. Times are in UTC, so that it needs no time zones.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc5545
 *
 * @param name - what it is of; also makes the ids of its events unique
 */
export function calendar(name: string, now: Date, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${text(name)}//EN`,
    `X-WR-CALNAME:${text(name)}`,
    ...events.flatMap(({ id, at, title, description, category }) => [
      'BEGIN:VEVENT',
      `UID:${text(id)}@${text(name).replaceAll(' ', '-')}`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(at)}`,
      `SUMMARY:${text(title)}`,
      ...(description === '' ? [] : [`DESCRIPTION:${text(description)}`]),
      `CATEGORIES:${text(category)}`,
      // Does not make anybody busy.
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** `20261126T020000Z` */
function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function text(value: string): string {
  return value
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

const LONGEST_LINE = 75;

/** Lines of at most 75 bytes; the rest of a longer one follows after a space. */
function fold(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LONGEST_LINE) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}
