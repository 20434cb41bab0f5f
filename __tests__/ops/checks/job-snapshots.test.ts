import { snapshotJobs, type JobSnapshot } from '../../../ops/checks/job-snapshots';
import type { Context } from '../../../ops/context';
import type { Request } from '../../../ops/google/call';
import { JOB, reading, settings, TABLE } from './snapshot-with';

const NOW = new Date('2026-11-24T10:00:00Z');
const LOCATION = { project: 'my-project', region: 'australia-southeast1' };
/** Its last attempt failed with 500, which the worker's log explains. */
const FAILED = { ...JOB, status: { code: 13 } };

/** The end of an attempt in the log. */
function end(timestamp: string, status?: string) {
  const type = 'type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished';
  return { timestamp, jsonPayload: { '@type': type, status } };
}

const FAILURE = end('2026-11-23T15:00:01Z', 'INTERNAL');
const SUCCESS = end('2026-11-22T15:00:01Z');

/** The snapshot of one job whose log has these pages, and the filters of the reads. */
async function snapshotOf(
  ...pages: readonly object[]
): Promise<{ snapshot: JobSnapshot | undefined; filters: string[] }> {
  const filters: string[] = [];
  const client = {
    now: () => NOW,
    call: ({ body }: Request) => {
      const { filter } = body as { filter: string };
      if (filter.includes('cloud_run_revision')) return Promise.resolve({});
      filters.push(filter);
      return Promise.resolve(pages[filters.length - 1] ?? {});
    },
  };
  const context = { client, location: LOCATION, settings } as unknown as Context;
  const snapshots = await snapshotJobs(context, ['dev'], reading([FAILED]));
  return { snapshot: snapshots.find(({ table }) => table.name === TABLE.name), filters };
}

it('takes the last failure and the last success from the one page that is read', async () => {
  const { snapshot, filters } = await snapshotOf({ entries: [FAILURE, SUCCESS] });
  expect(snapshot?.lastFailure?.finishedAt).toEqual(new Date(FAILURE.timestamp));
  expect(snapshot?.lastSuccess).toMatchObject({
    value: { finishedAt: new Date(SUCCESS.timestamp) },
  });
  expect(filters).toHaveLength(1);
});

it('knows that a job never succeeded when the page is the whole log', async () => {
  const { snapshot, filters } = await snapshotOf({ entries: [FAILURE] });
  expect(snapshot?.lastSuccess).toEqual(reading(undefined));
  expect(filters).toHaveLength(1);
});

it('looks further for the success of a job that has failed for longer than a page', async () => {
  const { snapshot, filters } = await snapshotOf(
    { entries: [FAILURE], nextPageToken: 'more' },
    { entries: [SUCCESS] },
  );
  expect(snapshot?.lastSuccess).toMatchObject({
    value: { finishedAt: new Date(SUCCESS.timestamp) },
  });
  expect(filters[1]).toContain('severity<ERROR');
  expect(filters).toHaveLength(2);
});
