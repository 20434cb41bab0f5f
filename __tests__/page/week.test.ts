import { buildWeek } from '../../page/week/build-week';
import type { JobFacts, Week } from '../../page/week/model';
import { formatShare, statisticsOf } from '../../page/week/statistics';
import { attempt, job, NOW, TIME_ZONE } from './support';

const DAY = 86_400_000;

function week(
  jobs: readonly JobFacts[],
  from: string,
  more: { now?: Date; logFrom?: Date } = {},
): Week {
  const start = new Date(from);
  const until = new Date(start.getTime() + 7 * DAY);
  return buildWeek(jobs, { from: start, until, now: NOW, timeZone: TIME_ZONE, ...more });
}

const marksOf = ({ rows }: Week): string[] =>
  (rows[0]?.marks ?? []).map(({ at, kind }) => `${at.toISOString().slice(0, 16)} ${kind}`);

/** The last seven days before NOW; 02:00 in Sydney is 15:00 UTC. */
const LAST_WEEK = '2026-11-19T03:17:00Z';
const logFrom = new Date(LAST_WEEK);

it('shows each attempt with its outcome and length', () => {
  const attempts = [
    attempt('2026-11-24T15:00:00Z', 2),
    attempt('2026-11-25T15:00:00Z', 30, 'failed'),
  ];
  const { rows } = week([job('0 2 * * *', { attempts })], LAST_WEEK, { logFrom });
  expect(rows[0]?.marks).toMatchObject([
    { kind: 'ok', seconds: 2, text: 'succeeded' },
    { kind: 'failed', seconds: 30, text: '500: failed' },
  ]);
});

it('shows a run that was due and is not in the log as missing', () => {
  const attempts = [attempt('2026-11-22T15:00:00Z', 1), attempt('2026-11-24T15:00:40Z', 1)];
  expect(marksOf(week([job('0 2 * * *', { attempts })], LAST_WEEK, { logFrom }))).toEqual([
    '2026-11-22T15:00 ok',
    '2026-11-23T15:00 missing',
    '2026-11-24T15:00 ok',
    '2026-11-25T15:00 missing',
  ]);
});

it.each([
  ['the log was not read', {}, {}],
  ['the log was read only after it', { logFrom: new Date('2026-11-25T15:01:00Z') }, {}],
  ['nothing says that the job existed', { logFrom }, {}],
  ['the job was created after it', { logFrom }, { since: new Date('2026-11-25T16:00:00Z') }],
  [
    'it was due a minute ago',
    { logFrom, now: new Date('2026-11-25T15:01:00Z') },
    { since: new Date('2026-11-25T14:00:00Z') },
  ],
  ['the job was paused', { logFrom }, { since: logFrom, pauses: [{ from: logFrom, reason: '' }] }],
])('shows no run as missing when %s', (_, options, facts) => {
  const kinds = marksOf(week([job('0 2 * * *', facts)], LAST_WEEK, options));
  expect(kinds.filter((mark) => mark.endsWith('missing'))).toEqual([]);
});

it('shows coming runs as planned, and what daylight saving does to them', () => {
  const now = new Date('2027-04-01T03:00:00Z');
  expect(marksOf(week([job('0 2 * * *')], '2027-04-02T03:00:00Z', { now })).slice(0, 3)).toEqual([
    '2027-04-02T15:00 planned',
    '2027-04-03T15:00 doubled',
    '2027-04-04T16:00 planned',
  ]);
  const shown = week([job('0 2 * * *')], '2027-10-01T03:00:00Z', { now });
  // 02:00 does not exist on 3 October.
  expect(marksOf(shown).slice(0, 3)).toEqual([
    '2027-10-01T16:00 planned',
    '2027-10-02T16:00 skipped',
    '2027-10-03T15:00 planned',
  ]);
  expect(shown.clockShifts).toEqual([{ at: new Date('2027-10-02T16:00:00Z'), minutes: 60 }]);
});

it('counts the runs of a job that runs often by the hour', () => {
  const attempts = [
    attempt('2026-11-25T15:00:00Z', 1),
    attempt('2026-11-25T15:05:00Z', 9, 'failed'),
  ];
  const { rows } = week([job('*/5 * * * *', { attempts })], LAST_WEEK, { logFrom });
  expect(rows[0]?.marks).toEqual([]);
  const cells = rows[0]?.cells ?? [];
  // The first and the last hour are cut.
  expect(cells).toHaveLength(7 * 24 + 1);
  expect(cells.reduce((sum, { due }) => sum + due, 0)).toBe(2016);
  expect(cells.find(({ ok }) => ok > 0)).toMatchObject({ due: 12, ok: 1, failed: 1, longest: 9 });
});

it('cuts pauses to the week', () => {
  const pauses = [
    {
      from: new Date('2026-11-01T00:00:00Z'),
      until: new Date('2026-11-20T00:00:00Z'),
      reason: 'a',
    },
    { from: new Date('2026-11-25T00:00:00Z'), reason: 'b' },
    { from: new Date('2026-12-25T00:00:00Z'), reason: 'later' },
  ];
  expect(week([job('0 2 * * *', { pauses })], LAST_WEEK).rows[0]?.pauses).toEqual([
    { from: new Date(LAST_WEEK), until: new Date('2026-11-20T00:00:00Z'), reason: 'a' },
    { from: new Date('2026-11-25T00:00:00Z'), until: NOW, reason: 'b' },
  ]);
});

it('names the days of the time zone, with the hours that clock changes leave', () => {
  const { days } = week([], '2027-04-03T13:00:00Z');
  expect(days[0]).toMatchObject({ label: 'Sun 4 Apr', until: new Date('2027-04-04T14:00:00Z') });
  expect(days).toHaveLength(7);
});

describe('collisions', () => {
  const often = (seconds: number): JobFacts =>
    job('0 * * * *', { name: 'hourly', attempts: [attempt('2026-11-25T15:00:00Z', seconds)] });
  const found = (...jobs: JobFacts[]): string[] =>
    week(jobs, '2026-11-26T03:17:00Z').collisions.map(
      ({ jobs: names, at }) => `${names.join('+')} ${at.length}`,
    );

  it.each([
    [
      'two that run rarely',
      [job('0 2 * * *'), job('0 2 * * SUN', { name: 'weekly' })],
      ['nightly+weekly 1'],
    ],
    ['one that runs often, and takes long', [job('0 2 * * *'), often(10)], ['nightly+hourly 7']],
    ['one that runs often, and is quick', [job('0 2 * * *'), often(9)], []],
    [
      'a quick one',
      [job('0 2 * * *', { attempts: [attempt('2026-11-25T15:00:00Z', 1)] }), job('0 2 * * *')],
      [],
    ],
    ['different minutes', [job('0 2 * * *'), job('1 2 * * *')], []],
    [
      'a paused one',
      [job('0 2 * * *', { pauses: [{ from: NOW, reason: '' }] }), job('0 2 * * *')],
      [],
    ],
  ])('of jobs: %s', (_, jobs, expected) => {
    expect(found(...jobs)).toEqual(expected);
  });
});

it('shows a job without a schedule that it understands without runs', () => {
  const { rows } = week([{ ...job(''), schedule: undefined }], LAST_WEEK);
  expect(rows[0]).toMatchObject({ runs: [], marks: [], cells: [] });
});

it('computes the success rate and the 95th percentile of the lengths', () => {
  const attempts = [
    ...Array.from({ length: 19 }, () => attempt('2026-11-25T15:00:00Z', 1)),
    attempt('2026-11-25T15:00:00Z', 100, 'failed'),
    { startedAt: NOW, finishedAt: undefined, outcome: 'running', text: 'running' } as const,
  ];
  expect(statisticsOf(attempts)).toEqual({ ok: 19, failed: 1, successRate: 0.95, p95Seconds: 1 });
  expect(statisticsOf([])).toMatchObject({ successRate: undefined, p95Seconds: undefined });
});

it.each([
  [1, '100 %'],
  [0.99999, '99.9 %'],
  [0.955, '95.5 %'],
  [0.0001, '0.1 %'],
  [0, '0 %'],
])('prints the share %s as %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});
