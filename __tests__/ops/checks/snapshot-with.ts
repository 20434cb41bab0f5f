import type { Snapshot } from '../../../ops/checks/snapshot';
import type { Policy } from '../../../ops/google/policy';
import type { Service } from '../../../ops/google/run';
import type { Job } from '../../../ops/google/scheduler';
import { findJob } from '../../../ops/jobs/table';
import { readSettings } from '../../../stages/settings';

export const { settings } = readSettings({});
const LOCATION = { project: 'my-project', region: 'australia-southeast1' };
export const WORKER = 'https://validibot-worker-dev-abc-ts.a.run.app';
export const OTHER_URL = 'https://validibot-worker-dev-123.australia-southeast1.run.app';
export const ACCOUNT = 'validibot-cloudrun-dev@my-project.iam.gserviceaccount.com';
export const TABLE = findJob({ settings, location: LOCATION }, 'clear-sessions', 'dev');
export const ABSENT = { kind: 'absent' } as const;

export const SERVICE: Service = {
  name: 'validibot-worker-dev',
  uri: WORKER,
  urls: [OTHER_URL, WORKER],
  terminalCondition: { state: 'CONDITION_SUCCEEDED' },
  template: { containers: [{ env: [{ name: 'APP_ROLE', value: 'worker' }] }] },
};

export const JOB: Job = {
  name: 'projects/my-project/locations/australia-southeast1/jobs/validibot-clear-sessions-dev',
  description: 'Remove expired Django sessions from the database',
  schedule: '0 2 * * *',
  timeZone: 'Australia/Sydney',
  state: 'ENABLED',
  attemptDeadline: '600s',
  userUpdateTime: '2026-11-20T00:00:00Z',
  // 02:00 in Sydney.
  lastAttemptTime: '2026-11-23T15:00:00Z',
  httpTarget: {
    uri: `${WORKER}/api/v1/scheduled/clear-sessions/`,
    httpMethod: 'POST',
    oidcToken: { serviceAccountEmail: ACCOUNT, audience: WORKER },
  },
};

export function reading<T>(value: T) {
  return { kind: 'value', value } as const;
}

export const INVOKER: Policy = {
  bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }],
};

/** A healthy stage of one job, but for these changes. */
export function snapshotWith(changes: Partial<Snapshot>, job: Job = JOB): Snapshot {
  return {
    stage: 'dev',
    settings,
    location: LOCATION,
    now: new Date('2026-11-24T10:00:00Z'),
    project: reading({ projectId: 'my-project', projectNumber: '1' }),
    projectPolicy: reading({}),
    apis: [],
    workerName: 'validibot-worker-dev',
    worker: reading(SERVICE),
    workerPolicy: reading(INVOKER),
    workerUrl: WORKER,
    webName: 'validibot-web-dev',
    web: ABSENT,
    accountEmail: ACCOUNT,
    account: reading({ email: ACCOUNT }),
    alertPolicies: ABSENT,
    metric: reading({}),
    liveJobs: reading([job]),
    jobs: [{ table: TABLE, live: job, lastSuccess: ABSENT }],
    notes: new Map(),
    ...changes,
  };
}
