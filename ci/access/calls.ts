import { KINDS, type Kind } from './identities';

/** Where a permission is granted: on the project, a Cloud Run service, an account, the state's bucket. */
export const PLACES = ['project', 'service', 'account', 'bucket'] as const;

export type Place = (typeof PLACES)[number];

/** A kind of API call that workflows make, and the permissions that Google asks for. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** `*` is one part of the path, `**` any number. */
  readonly path: string;
  readonly needs: Readonly<Partial<Record<Place, readonly string[]>>>;
  /** The kinds of identities that make it. */
  readonly by: readonly Kind[];
  readonly why: string;
  /** Where the end-to-end test, which has the state in a bucket, does not see it, and why it is made. */
  readonly unseen?: Readonly<Partial<Record<Kind, string>>>;
}

const EVERYONE = KINDS;
const DEPLOY: readonly Kind[] = ['deploy'];
const MORNING: readonly Kind[] = ['doctor'];

const JOBS = '/v1/projects/*/locations/*/jobs';
const SERVICES = '/v2/projects/*/locations/*/services';
const POLICIES = '/v3/projects/*/alertPolicies';
const CHANNELS = '/v3/projects/*/notificationChannels';
const METRICS = '/v2/projects/*/metrics';
const APIS = '/v1/projects/*/services';
const OBJECTS = '/storage/v1/b/*/o';

/** Without it, a job is returned without its target. */
const FULL_VIEW = 'cloudscheduler.jobs.fullView';
/** Google wants it for a job that uses the account, besides the job's own permission. */
const ACT_AS = ['iam.serviceAccounts.actAs'];
/** A condition on the log is a notification rule of Cloud Logging, with permissions of its own. */
const rule = (verb: string): string[] => [
  `monitoring.alertPolicies.${verb}`,
  `logging.notificationRules.${verb}`,
];

/**
 * The calls of the workflows: the roles of the identities are derived from this table. An end-to-end test
 * fails when a workflow makes a call that is not here, or none of those that are.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions
 */
export const CALLS: readonly Call[] = [
  {
    method: 'GET',
    path: JOBS,
    needs: { project: ['cloudscheduler.jobs.list', FULL_VIEW] },
    by: EVERYONE,
    why: 'compares the live jobs with the table',
  },
  {
    method: 'GET',
    path: `${JOBS}/*`,
    needs: { project: ['cloudscheduler.jobs.get', FULL_VIEW] },
    by: EVERYONE,
    why: 'refreshes a job',
  },
  {
    method: 'POST',
    path: JOBS,
    needs: { project: ['cloudscheduler.jobs.create'], account: ACT_AS },
    by: DEPLOY,
    why: 'creates a job',
  },
  {
    method: 'PATCH',
    path: `${JOBS}/*`,
    needs: { project: ['cloudscheduler.jobs.update'], account: ACT_AS },
    by: DEPLOY,
    why: 'changes a job',
  },
  {
    method: 'DELETE',
    path: `${JOBS}/*`,
    needs: { project: ['cloudscheduler.jobs.delete'] },
    by: DEPLOY,
    why: 'deletes a job',
  },
  {
    method: 'POST',
    path: `${JOBS}/*:resume`,
    needs: { project: ['cloudscheduler.jobs.enable'] },
    by: DEPLOY,
    why: 'starts a job that it created',
  },
  {
    method: 'POST',
    path: `${JOBS}/*:pause`,
    needs: { project: ['cloudscheduler.jobs.pause'] },
    by: DEPLOY,
    why: 'pauses a job that the table pauses',
  },
  {
    method: 'GET',
    path: `${SERVICES}/*`,
    needs: { service: ['run.services.get'] },
    by: EVERYONE,
    why: 'finds the worker and its URL',
  },
  {
    method: 'GET',
    path: `${SERVICES}/*:getIamPolicy`,
    needs: { service: ['run.services.getIamPolicy'] },
    by: EVERYONE,
    why: 'reads who may call the worker',
  },
  {
    method: 'POST',
    path: `${SERVICES}/*:setIamPolicy`,
    needs: { service: ['run.services.setIamPolicy'] },
    by: DEPLOY,
    why: 'lets the account call the worker; Google has no narrower permission',
  },
  {
    method: 'GET',
    path: '/v1/projects/*/serviceAccounts/*',
    needs: { account: ['iam.serviceAccounts.get'] },
    by: EVERYONE,
    why: 'finds the account',
  },
  {
    method: 'GET',
    path: APIS,
    needs: { project: ['serviceusage.services.list'] },
    by: EVERYONE,
    why: 'sees which APIs are enabled',
  },
  {
    method: 'GET',
    path: `${APIS}/*`,
    needs: { project: ['serviceusage.services.get'] },
    by: MORNING,
    why: 'checks that an API is enabled',
  },
  {
    method: 'POST',
    path: `${APIS}/*:enable`,
    needs: { project: ['serviceusage.services.enable'] },
    by: DEPLOY,
    why: 'enables an API; it cannot disable one',
  },
  {
    method: 'GET',
    path: '/v1/operations/**',
    needs: { project: ['serviceusage.operations.get'] },
    by: DEPLOY,
    why: 'waits until an API is enabled',
  },
  {
    method: 'GET',
    path: '/v1/projects/*',
    needs: { project: ['resourcemanager.projects.get'] },
    by: EVERYONE,
    why: "reads the project's number",
  },
  {
    method: 'POST',
    path: '/v1/projects/*:getIamPolicy',
    needs: { project: ['resourcemanager.projects.getIamPolicy'] },
    by: MORNING,
    why: "checks the role of Google's Cloud Scheduler service agent",
  },
  {
    method: 'POST',
    path: '/v2/entries:list',
    needs: { project: ['logging.logEntries.list'] },
    by: MORNING,
    why: 'reads the attempts of jobs, and why one failed',
  },
  {
    method: 'GET',
    path: `${METRICS}/*`,
    needs: { project: ['logging.logMetrics.get'] },
    by: EVERYONE,
    why: 'reads the metric of successful runs',
  },
  {
    method: 'POST',
    path: METRICS,
    needs: { project: ['logging.logMetrics.create'] },
    by: DEPLOY,
    why: 'creates the metric',
  },
  {
    method: 'PUT',
    path: `${METRICS}/*`,
    needs: { project: ['logging.logMetrics.update'] },
    by: DEPLOY,
    why: 'changes the metric',
  },
  {
    method: 'GET',
    path: '/v3/projects/*/alerts',
    needs: { project: ['monitoring.alerts.list'] },
    by: MORNING,
    why: 'shows the open incidents on the page',
  },
  {
    method: 'GET',
    path: POLICIES,
    needs: { project: rule('list') },
    by: EVERYONE,
    why: 'finds alerts that exist already, or twice',
    unseen: { plan: "with HCP Terraform, GitHub's deploys act as plan, and look for them" },
  },
  {
    method: 'GET',
    path: `${POLICIES}/*`,
    needs: { project: rule('get') },
    by: EVERYONE,
    why: 'refreshes an alert',
  },
  {
    method: 'POST',
    path: POLICIES,
    needs: { project: rule('create') },
    by: DEPLOY,
    why: 'creates an alert',
  },
  {
    method: 'PATCH',
    path: `${POLICIES}/*`,
    needs: { project: rule('update') },
    by: DEPLOY,
    why: 'changes an alert',
  },
  {
    method: 'DELETE',
    path: `${POLICIES}/*`,
    needs: { project: rule('delete') },
    by: DEPLOY,
    why: 'deletes an alert',
  },
  {
    method: 'GET',
    path: '/v3/projects/*/snoozes',
    needs: { project: ['monitoring.snoozes.list'] },
    by: MORNING,
    why: 'shows who paused a job, why and until when',
  },
  {
    method: 'GET',
    path: `${CHANNELS}/*`,
    needs: { project: ['monitoring.notificationChannels.get'] },
    by: EVERYONE,
    why: 'refreshes a notification channel',
  },
  {
    method: 'POST',
    path: CHANNELS,
    needs: { project: ['monitoring.notificationChannels.create'] },
    by: DEPLOY,
    why: 'creates a notification channel',
  },
  {
    method: 'DELETE',
    path: `${CHANNELS}/*`,
    needs: { project: ['monitoring.notificationChannels.delete'] },
    by: DEPLOY,
    why: 'deletes a notification channel',
  },
  {
    method: 'GET',
    path: OBJECTS,
    needs: { bucket: ['storage.objects.list'] },
    by: EVERYONE,
    why: 'finds the state',
  },
  {
    method: 'GET',
    path: `${OBJECTS}/**`,
    needs: { bucket: ['storage.objects.get'] },
    by: EVERYONE,
    why: 'reads the state, and the lock',
  },
  {
    method: 'POST',
    path: '/upload/storage/v1/b/*/o',
    needs: { bucket: ['storage.objects.create', 'storage.objects.delete'] },
    by: DEPLOY,
    why: 'locks and writes the state',
  },
  {
    method: 'DELETE',
    path: `${OBJECTS}/**`,
    needs: { bucket: ['storage.objects.delete'] },
    by: DEPLOY,
    why: 'unlocks the state',
  },
];
