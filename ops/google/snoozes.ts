import { secondsAfter } from '../durations';
import type { Client } from './client';

/**
 * A period in which alert policies open no incidents. It cannot be deleted, and not be changed once it
 * has ended.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.snoozes
 */
export interface Snooze {
  /** `projects/P/snoozes/ID` */
  readonly name: string;
  /** At most 512 characters. */
  readonly displayName?: string;
  readonly criteria?: { readonly policies?: readonly string[] };
  readonly interval?: { readonly startTime?: string; readonly endTime?: string };
}

/** The snoozes that end after a time. */
export function listSnoozes(client: Client, project: string, endAfter: Date): Promise<Snooze[]> {
  const path = `projects/${project}/snoozes`;
  const query = { filter: `interval.end_time > "${endAfter.toISOString()}"` };
  return client.list<Snooze>({ api: 'monitoring', method: 'GET', path, query }, 'snoozes');
}

/**
 * How long after its creation a snooze starts: the start must not be in the past by Google's clock, of
 * which responses give whole seconds.
 */
export const START_DELAY_SECONDS = 2;

/** Snoozes a policy from now on. */
export function createSnooze(
  client: Client,
  project: string,
  policy: string,
  displayName: string,
  end: Date,
): Promise<Snooze> {
  const start = secondsAfter(client.now(), START_DELAY_SECONDS);
  return client.call<Snooze>({
    api: 'monitoring',
    method: 'POST',
    path: `projects/${project}/snoozes`,
    body: {
      displayName,
      criteria: { policies: [policy] },
      interval: { startTime: start.toISOString(), endTime: end.toISOString() },
    },
  });
}

/** Changes a snooze that has not ended. */
export function changeSnooze(
  client: Client,
  name: string,
  displayName: string,
  end: Date,
): Promise<Snooze> {
  return client.call<Snooze>({
    api: 'monitoring',
    method: 'PATCH',
    path: name,
    query: { updateMask: 'displayName,interval.endTime' },
    body: { displayName, interval: { endTime: end.toISOString() } },
    idempotent: true,
  });
}
