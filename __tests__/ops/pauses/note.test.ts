import { latestNotes, readNote, writeNote, type Note } from '../../../ops/pauses/note';

const NOTE: Note = {
  kind: 'paused',
  job: 'validibot-tidy-dev',
  by: 'ada@example.com',
  until: new Date('2027-01-31T12:00:00Z'),
  reason: 'a migration: step 2',
};

function snooze(displayName: string, startTime = '2027-01-30T12:00:00Z') {
  return { name: 'projects/p/snoozes/1', displayName, interval: { startTime } };
}

it.each([
  [
    NOTE,
    'validibot-tidy-dev is paused by ada@example.com until 2027-01-31T12:00:00.000Z: a migration: step 2',
  ],
  [
    { kind: 'resumed', job: 'a', by: 'b', until: NOTE.until } as const,
    'a was resumed by b and silent until 2027-01-31T12:00:00.000Z',
  ],
])('writes and reads a note', (note, text) => {
  expect(writeNote(note)).toBe(text);
  const given = snooze(text);
  expect(readNote(given)).toEqual({
    ...note,
    since: new Date('2027-01-30T12:00:00Z'),
    snooze: given,
  });
});

it('keeps within the 512 characters of a display name, and never cuts one in two', () => {
  const text = writeNote({ ...NOTE, reason: '🙂'.repeat(300) });
  expect(text.length).toBeLessThanOrEqual(512);
  expect(text).toMatch(/🙂…$/u);
});

it.each(['maintenance', '', 'a is paused by b until tomorrow'])(
  'does not read a display name that people chose: %j',
  (name) => {
    expect(readNote(snooze(name))).toBeUndefined();
  },
);

it('takes the latest note of a job', () => {
  const later = writeNote({ ...NOTE, by: 'grace@example.com' });
  const notes = latestNotes([
    snooze(later, '2027-02-01T00:00:00Z'),
    snooze(writeNote(NOTE)),
    snooze(writeNote({ ...NOTE, job: 'other' })),
  ]);
  expect([...notes].map(([job, { by }]) => [job, by])).toEqual([
    ['validibot-tidy-dev', 'grace@example.com'],
    ['other', 'ada@example.com'],
  ]);
});
