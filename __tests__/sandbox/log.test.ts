import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Alerting } from '../../sandbox/monitoring/alerting';
import { parseFilter } from '../../sandbox/protocol/log-filter';
import { Clock } from '../../sandbox/scheduler/clock';
import { Log } from '../../sandbox/world/log';
import type { LogEntry } from '../../sandbox/world/logging';
import { PROJECT, useClient } from './client';

const START = Date.UTC(2027, 0, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function entry(id: string, time: number, job?: string, received = time): LogEntry {
  return {
    insertId: id,
    logName: `projects/${PROJECT}/logs/test`,
    timestamp: new Date(time).toISOString(),
    receiveTimestamp: new Date(received).toISOString(),
    severity: Number(id) % 7 === 0 ? 'ERROR' : 'INFO',
    resource: { type: 'test', labels: job === undefined ? {} : { job_id: job } },
  };
}

const ids = (entries: Iterable<LogEntry>): string[] => [...entries].map(({ insertId }) => insertId);

describe('the log', () => {
  it('is in order of time, and of arrival within an instant', () => {
    const log = new Log();
    for (const [id, hour] of Object.entries([2, 1, 2, 0, 1])) {
      log.push(entry(id, START + hour * HOUR));
    }
    expect(ids(log.entries())).toEqual(['3', '1', '4', '0', '2']);
    expect(ids(log.entries({}, true))).toEqual(['2', '0', '4', '1', '3']);
  });

  it('forgets entries after 30 days, or after as long as it is told', () => {
    for (const [log, days] of [
      [new Log(), 30],
      [new Log(2 * DAY), 2],
    ] as const) {
      for (let hour = 0; hour < 100 * 24; hour += 1) {
        log.push(entry(String(hour), START + hour * HOUR, hour % 2 === 0 ? 'even' : 'odd'));
      }
      const oldest = 99 * 24 + 23 - days * 24;
      expect(log.length).toBe(days * 24 + 1);
      expect(ids(log.entries())[0]).toBe(String(oldest));
      expect(
        ids(log.entries({ jobs: ['even'] }))
          .map(Number)
          .every((id) => id >= oldest),
      ).toBe(true);
      expect(ids(log.entries({ jobs: ['even'] }))).toHaveLength(days * 12);
      log.forget(START + 1000 * DAY);
      expect([log.length, ids(log.entries({ jobs: ['even'] }))]).toEqual([0, []]);
      expect(log.written).toBe(2400);
    }
  });

  const log = new Log();
  const jobs = ['a', 'B', 'b', '7', '07', undefined];
  for (let id = 0; id < 300; id += 1) {
    log.push(entry(String(id), START + ((id * 37) % 100) * HOUR, jobs[id % jobs.length]));
  }
  const at = (hour: number): string => `"${new Date(START + hour * HOUR).toISOString()}"`;
  it.each([
    '',
    'resource.labels.job_id="a"',
    'resource.labels.job_id="b"',
    'resource.labels.job_id="A" severity>=ERROR',
    'resource.labels.job_id=7',
    'resource.labels.job_id!="a"',
    'NOT resource.labels.job_id="a"',
    'NOT (resource.labels.job_id="a" OR severity=ERROR)',
    'resource.labels.job_id="a" OR severity>=ERROR',
    'resource.labels.job_id=("a" OR "b")',
    '(resource.labels.job_id="a" OR resource.labels.job_id="b") AND severity=ERROR',
    'resource.labels.job_id="a" AND resource.labels.job_id="b"',
    'resource.labels.job_id="missing"',
    'resource.labels.job_id:"a"',
    'severity>=ERROR',
    'severity>INFO resource.labels.job_id="b"',
    'severity>=CRITICAL',
    'severity!=INFO',
    'NOT severity=ERROR resource.labels.job_id="b"',
    'severity=error OR severity=INFO',
    'severity>=nonsense',
    `timestamp>=${at(10)} timestamp<${at(20)}`,
    `timestamp>${at(10)} timestamp<=${at(20)} resource.labels.job_id="a"`,
    `timestamp=${at(37)}`,
    `timestamp!=${at(37)}`,
    `timestamp<${at(3)} OR timestamp>${at(97)}`,
    `NOT timestamp<${at(90)}`,
    `resource.labels.job_id="a" OR (resource.labels.job_id="b" timestamp>${at(50)})`,
    'timestamp>"nonsense"',
  ])('finds by its indexes exactly what matches %p', (filter) => {
    const matches = parseFilter(filter);
    const all = [...log.entries()].filter(matches);
    expect([...log.entries(matches.bounds)].filter(matches)).toEqual(all);
    expect([...log.entries(matches.bounds, true)].filter(matches)).toEqual(all.toReversed());
  });

  it('is read only where a filter’s job, time and severity are', () => {
    const read = (filter: string): number => [...log.entries(parseFilter(filter).bounds)].length;
    expect(read('resource.type="test" resource.labels.job_id="a"')).toBe(50);
    expect(read('severity>=WARNING resource.labels.job_id="a"')).toBe(50);
    expect(read('severity>=ERROR resource.labels.job_id="7"')).toBe(43);
    expect(read('severity=ERROR resource.labels.job_id="A"')).toBe(8);
    expect(read(`severity!=ERROR timestamp>=${at(90)} timestamp<=${at(99)}`)).toBe(30);
  });
});

describe('entries:list', () => {
  const client = useClient();
  const now = (): number => client.sandbox.context.clock.now();
  const write = async (...added: LogEntry[]): Promise<void> => {
    const { status } = await client.call('POST', '/v2/entries:write', {
      entries: added.map(written),
    });
    expect(status).toBe(200);
  };
  const written = ({ receiveTimestamp: _received, ...rest }: LogEntry): object => rest;
  const list = async (more: object): Promise<{ found: string[]; next: string | undefined }> => {
    const { body } = await client.call('POST', '/v2/entries:list', {
      resourceNames: [`projects/${PROJECT}`],
      filter: 'resource.type="test"',
      pageSize: 2,
      ...more,
    });
    return { found: ids(body.entries ?? []), next: body.nextPageToken };
  };

  it.each(['asc', 'desc'])(
    'continues where a page ended, whatever was written since: %s',
    async (order) => {
      const orderBy = `timestamp ${order}`;
      const from = now() - HOUR;
      const numbers = order === 'asc' ? [1, 2, 3, 4, 5] : [5, 4, 3, 2, 1];
      await write(...numbers.map((n, index) => entry(String(n), from + Math.floor(index / 3))));
      const first = await list({ orderBy });
      await write(entry('new', order === 'asc' ? from - 1 : now()));
      const second = await list({ orderBy, pageToken: first.next });
      const third = await list({ orderBy, pageToken: second.next });
      const found = [first.found, second.found, third.found];
      expect(found).toEqual([['1', '2'], ['3', '4'], ['5']]);
      expect(third.next).toBeUndefined();
    },
  );

  it('rejects a token that it has not given', async () => {
    const { status } = await client.call('POST', '/v2/entries:list', {
      resourceNames: [`projects/${PROJECT}`],
      pageToken: 'bm9uc2Vuc2U',
    });
    expect(status).toBe(400);
  });

  it('shows nothing older than 30 days, even if nothing has been written since', async () => {
    await write(entry('1', now()));
    expect((await list({})).found).toEqual(['1']);
    await client.call('POST', '/_sandbox/advance', { seconds: 31 * 86_400 });
    expect((await list({})).found).toEqual([]);
  });

  it('gives the memory back at a reset', async () => {
    await write(entry('1', now(), 'a'));
    const kept = new WeakRef([...client.sandbox.world.log.entries()].find(Boolean) ?? {});
    expect(kept.deref()).toBeDefined();
    await client.call('POST', '/_sandbox/reset');
    setFlagsFromString('--expose-gc');
    await new Promise((resolve) => setTimeout(resolve, 10));
    (runInNewContext('gc') as () => void)();
    expect(kept.deref()).toBeUndefined();
  });
});

describe('alerts', () => {
  it('keep counts and closed incidents for as long as they are told, and open incidents always', async () => {
    const clock = new Clock(() => START);
    const alerting = new Alerting(clock, undefined, undefined, 2 * DAY);
    alerting.metrics.set('runs', parseFilter('resource.type="test"'));
    const policy = (name: string, filter: string, autoClose: string): void => {
      alerting.setPolicy({
        name: `projects/p/alertPolicies/${name}`,
        displayName: name,
        conditions: [
          {
            displayName: name,
            conditionMatchedLog: {
              filter,
              labelExtractors: { job: 'EXTRACT(resource.labels.job_id)' },
            },
          },
        ],
        alertStrategy: { autoClose, notificationRateLimit: { period: '300s' } },
      });
    };
    policy('short', 'resource.labels.job_id="a"', '1800s');
    policy('long', 'resource.labels.job_id="b"', '604800s');
    alerting.logged(entry('1', clock.now(), 'a'));
    alerting.logged(entry('2', clock.now(), 'b'));
    const seen = (): string[] => alerting.incidents.map(({ name }) => name.split('/').at(-1) ?? '');
    const counted = (): (number | undefined)[] =>
      alerting.metrics
        .increase({ metric: 'runs', labels: {} }, START - 1, clock.now())
        .map(({ value }) => value);
    expect([seen(), counted()]).toEqual([
      ['1', '2'],
      [1, 1],
    ]);
    await clock.advance(3 * DAY);
    alerting.logged(entry('3', clock.now(), 'a'));
    expect([seen(), counted()]).toEqual([
      ['2', '3'],
      [1, 1],
    ]);
    expect(alerting.incidents.map(({ closeTime }) => closeTime)).toEqual([undefined, undefined]);
  });
});
