import type { Context } from '../../../ops/context';
import type { Job } from '../../../ops/google/scheduler';
import { findUnderWay, lastResultOf } from '../../../ops/jobs/last-run';

const NOW = new Date('2026-11-26T02:00:00Z');
const LOCATION = { project: 'p', region: 'r' };

function job(name: string, secondsAgo: number | undefined, code?: number): Job {
  const at = secondsAgo && new Date(NOW.getTime() - secondsAgo * 1000).toISOString();
  return {
    name: `projects/p/locations/r/jobs/${name}`,
    attemptDeadline: '60s',
    ...(at && { lastAttemptTime: at }),
    ...(code !== undefined && { status: { code } }),
  };
}

function entry(job_id: string, secondsAgo: number, kind: 'Started' | 'Finished') {
  return {
    timestamp: new Date(NOW.getTime() - secondsAgo * 1000).toISOString(),
    resource: { labels: { job_id } },
    jsonPayload: { '@type': `type.googleapis.com/google.cloud.scheduler.logging.Attempt${kind}` },
  };
}

function contextWith(entries: readonly object[]): { context: Context; reads: object[] } {
  const reads: object[] = [];
  const list = (request: object) => {
    reads.push(request);
    return Promise.resolve(entries);
  };
  const client = { now: () => NOW, list };
  return { context: { client, location: LOCATION } as unknown as Context, reads };
}

it.each([
  ['without an attempt', undefined, undefined, undefined],
  ['with the code -1', 30, -1, undefined],
  ['without a code', 30, undefined, 'OK'],
  ['with the code 13', 30, 13, 'INTERNAL'],
])('the last result of a job %s is %p', (_, secondsAgo, code, status) => {
  expect(lastResultOf(job('a', secondsAgo, code))?.status).toBe(status);
});

it('reads no log when no attempt can still be under way', async () => {
  const { context, reads } = contextWith([]);
  const { since } = await findUnderWay(context, [job('a', 90), job('b', undefined)]);
  expect(since.size).toBe(0);
  expect(reads).toEqual([]);
});

it('reads one log for all jobs that may run', async () => {
  const { context, reads } = contextWith([
    entry('a', 30, 'Started'),
    entry('b', 30, 'Started'),
    entry('b', 10, 'Finished'),
  ]);
  const { since } = await findUnderWay(context, [job('a', 30), job('b', 30), job('c', 90)]);
  expect([...since.keys()]).toEqual(['a']);
  expect(reads).toHaveLength(1);
});

it('finds an earlier run beside a later one that has ended', async () => {
  // Which end belongs to which start is not in the log.
  const { context } = contextWith([
    entry('a', 50, 'Started'),
    entry('a', 20, 'Started'),
    entry('a', 10, 'Finished'),
  ]);
  expect((await findUnderWay(context, [job('a', 20)])).since.has('a')).toBe(true);
});
