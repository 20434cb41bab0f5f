/** The workflows' identities: one is read-only, one deploys. */
export const IDENTITIES = {
  plan: {
    account: 'scheduled-jobs-plan',
    displayName: 'Scheduled jobs: plans and checks, read-only',
  },
  deploy: { account: 'scheduled-jobs-deploy', displayName: 'Scheduled jobs: deploys' },
} as const;

export type Identity = keyof typeof IDENTITIES;

/** A custom role, where Google's roles would allow more than a deploy needs. */
export interface CustomRole {
  readonly id: string;
  readonly title: string;
  readonly permissions: readonly string[];
}

export const GRANTER: CustomRole = {
  id: 'scheduledJobsInvokerGranter',
  title: 'Scheduled jobs: grant invokers of workers',
  permissions: ['run.services.get', 'run.services.getIamPolicy', 'run.services.setIamPolicy'],
};

export const DEPLOYER: CustomRole = {
  id: 'scheduledJobsDeployer',
  title: 'Scheduled jobs: APIs, log-based metrics and alerts',
  permissions: [
    'serviceusage.services.enable',
    'serviceusage.services.get',
    'serviceusage.services.list',
    ...['create', 'delete', 'get', 'list', 'update'].map((verb) => `logging.logMetrics.${verb}`),
    ...['create', 'delete', 'get', 'list', 'update'].map(
      (verb) => `logging.notificationRules.${verb}`,
    ),
  ],
};

export interface Role {
  readonly role: string | CustomRole;
  readonly why: string;
}

/** Roles on the project, for resources that have no IAM policy of their own. */
export const PROJECT_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [
    { role: 'roles/cloudscheduler.viewer', why: 'a plan compares the jobs with the table' },
    {
      role: 'roles/run.viewer',
      why: 'a plan finds the worker and reads its grants; on the project, so that a missing worker is reported as not found instead of forbidden',
    },
    { role: 'roles/serviceusage.serviceUsageViewer', why: 'a plan sees which APIs are enabled' },
    {
      role: 'roles/monitoring.alertPolicyViewer',
      why: 'a plan compares the alerts with the table',
    },
    {
      role: 'roles/monitoring.notificationChannelViewer',
      why: 'a plan compares the notification channels',
    },
    { role: 'roles/logging.viewer', why: 'a plan reads the metric; the doctor reads attempts' },
    {
      role: 'roles/browser',
      why: "the doctor checks that Google's Cloud Scheduler service agent has its role on the project",
    },
  ],
  deploy: [
    {
      role: 'roles/cloudscheduler.admin',
      why: 'a deploy creates, changes, pauses and deletes jobs',
    },
    { role: 'roles/run.viewer', why: 'a deploy finds the worker' },
    {
      role: 'roles/monitoring.alertPolicyEditor',
      why: 'a deploy creates, changes and deletes the alerts',
    },
    {
      role: 'roles/monitoring.notificationChannelEditor',
      why: 'a deploy creates, changes and deletes the notification channels',
    },
    {
      role: DEPLOYER,
      why: "a deploy enables the APIs and creates the metric; Google's own roles could also disable APIs and export the log",
    },
  ],
};

/** Roles on each stage's worker service. */
export const WORKER_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [],
  deploy: [
    {
      role: GRANTER,
      why: 'a deploy grants roles/run.invoker on the worker; roles/run.admin could also replace the worker',
    },
  ],
};

/** Roles on each stage's service account, as which the jobs call the worker. */
export const ACCOUNT_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [{ role: 'roles/iam.serviceAccountViewer', why: 'a plan finds the account' }],
  deploy: [
    {
      role: 'roles/iam.serviceAccountUser',
      why: 'creating a job that uses the account requires iam.serviceAccounts.actAs on it',
    },
  ],
};

/** Roles on the state's bucket, if it is in one. */
export const BUCKET_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [{ role: 'roles/storage.objectViewer', why: 'a plan reads the state without locking it' }],
  deploy: [{ role: 'roles/storage.objectUser', why: 'a deploy locks and writes the state' }],
};
