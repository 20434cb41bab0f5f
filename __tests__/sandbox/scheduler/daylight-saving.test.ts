import { plan, Simulation } from './simulation';

/**
 * The local times are calculated by hand from the rules of each time zone; instants are in UTC.
 *
 * Sydney, first Sunday in October 2026-10-04: at 02:00 (+10) the clocks go to 03:00 (+11), at
 * 16:00Z on the third. First Sunday in April 2027-04-04: at 03:00 (+11) back to 02:00 (+10), at
 * 16:00Z on the third.
 * London, last Sunday in March 2027-03-28: at 01:00 (+0) to 02:00 (+1). Last Sunday in October
 * 2026-10-25: at 02:00 (+1) back to 01:00 (+0), at 01:00Z.
 * New York, second Sunday in March 2027-03-14: at 02:00 (-5) to 03:00 (-4), at 07:00Z. First Sunday
 * in November 2026-11-01: at 02:00 (-4) back to 01:00 (-5), at 06:00Z.
 * Lord Howe moves by half an hour. First Sunday in October 2026-10-04: at 02:00 (+10:30) to 02:30
 * (+11), at 15:30Z on the third. First Sunday in April 2027-04-04: at 02:00 (+11) back to 01:30
 * (+10:30), at 15:00Z on the third.
 */
interface Edge {
  readonly name: string;
  readonly timeZone: string;
  readonly cron: string;
  readonly from: string;
  readonly until: string;
  readonly runs: readonly string[];
}

const EDGES: readonly Edge[] = [
  {
    name: 'skips 02:30 when Sydney goes forward',
    timeZone: 'Australia/Sydney',
    cron: '30 2 * * *',
    from: '2026-10-02T00:00:00Z',
    until: '2026-10-05T23:00:00Z',
    runs: ['2026-10-02T16:30:00Z', '2026-10-04T15:30:00Z', '2026-10-05T15:30:00Z'],
  },
  {
    name: 'runs at 03:00, the first minute after the gap, when Sydney goes forward',
    timeZone: 'Australia/Sydney',
    cron: '0 3 * * *',
    from: '2026-10-03T00:00:00Z',
    until: '2026-10-04T23:00:00Z',
    runs: ['2026-10-03T16:00:00Z', '2026-10-04T16:00:00Z'],
  },
  {
    name: 'runs every half hour without a gap in real time when Sydney goes forward',
    timeZone: 'Australia/Sydney',
    cron: '*/30 * * * *',
    from: '2026-10-03T15:00:00Z',
    until: '2026-10-03T17:00:00Z',
    runs: [
      '2026-10-03T15:30:00Z',
      '2026-10-03T16:00:00Z',
      '2026-10-03T16:30:00Z',
      '2026-10-03T17:00:00Z',
    ],
  },
  {
    name: 'runs 02:30 only the first time when Sydney goes back',
    timeZone: 'Australia/Sydney',
    cron: '30 2 * * *',
    from: '2027-04-02T00:00:00Z',
    until: '2027-04-05T00:00:00Z',
    runs: ['2027-04-02T15:30:00Z', '2027-04-03T15:30:00Z', '2027-04-04T16:30:00Z'],
  },
  {
    name: 'runs 02:00, where the repeated hour begins, only the first time when Sydney goes back',
    timeZone: 'Australia/Sydney',
    cron: '0 2 * * *',
    from: '2027-04-03T00:00:00Z',
    until: '2027-04-04T23:00:00Z',
    runs: ['2027-04-03T15:00:00Z', '2027-04-04T16:00:00Z'],
  },
  {
    name: 'skips 01:30 when London goes forward',
    timeZone: 'Europe/London',
    cron: '30 1 * * *',
    from: '2027-03-26T12:00:00Z',
    until: '2027-03-29T12:00:00Z',
    runs: ['2027-03-27T01:30:00Z', '2027-03-29T00:30:00Z'],
  },
  {
    name: 'runs 01:30 only the first time when London goes back',
    timeZone: 'Europe/London',
    cron: '30 1 * * *',
    from: '2026-10-23T12:00:00Z',
    until: '2026-10-26T12:00:00Z',
    runs: ['2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
  },
  {
    name: 'skips 02:15 on Sunday when New York goes forward',
    timeZone: 'America/New_York',
    cron: '15 2 * * SUN',
    from: '2027-03-06T00:00:00Z',
    until: '2027-03-22T00:00:00Z',
    runs: ['2027-03-07T07:15:00Z', '2027-03-21T06:15:00Z'],
  },
  {
    name: 'runs 01:00 only the first time when New York goes back',
    timeZone: 'America/New_York',
    cron: '0 1 * * *',
    from: '2026-10-31T00:00:00Z',
    until: '2026-11-02T12:00:00Z',
    runs: ['2026-10-31T05:00:00Z', '2026-11-01T05:00:00Z', '2026-11-02T06:00:00Z'],
  },
  {
    name: 'runs an hourly job once in the repeated hour when New York goes back',
    timeZone: 'America/New_York',
    cron: '0 * * * *',
    from: '2026-11-01T04:00:00Z',
    until: '2026-11-01T08:00:00Z',
    runs: ['2026-11-01T05:00:00Z', '2026-11-01T07:00:00Z', '2026-11-01T08:00:00Z'],
  },
  {
    name: 'skips 02:15 but not 02:45 when Lord Howe goes forward by half an hour',
    timeZone: 'Australia/Lord_Howe',
    cron: '15,45 2 * * *',
    from: '2026-10-03T00:00:00Z',
    until: '2026-10-04T20:00:00Z',
    runs: ['2026-10-03T15:45:00Z', '2026-10-04T15:15:00Z', '2026-10-04T15:45:00Z'],
  },
  {
    name: 'runs 01:45 only the first time when Lord Howe goes back by half an hour',
    timeZone: 'Australia/Lord_Howe',
    cron: '15,45 1 * * *',
    from: '2027-04-03T00:00:00Z',
    until: '2027-04-04T20:00:00Z',
    runs: [
      '2027-04-03T14:15:00Z',
      '2027-04-03T14:45:00Z',
      '2027-04-04T14:45:00Z',
      '2027-04-04T15:15:00Z',
    ],
  },
];

it.each(EDGES)('$name', async ({ timeZone, cron, from, until, runs }) => {
  const simulation = new Simulation(from);
  simulation.scheduler.schedule('job', plan(cron, { timeZone }));

  await simulation.until(until);

  expect(simulation.started).toEqual(runs.map((run) => `${run} job`));
});
