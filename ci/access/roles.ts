/** Who acts for the workflows: one identity that only reads, one that deploys. */
export const IDENTITIES = {
  plan: {
    account: 'scheduled-jobs-plan',
    displayName: 'Scheduled jobs: plans and checks, reads only',
  },
  deploy: { account: 'scheduled-jobs-deploy', displayName: 'Scheduled jobs: deploys' },
} as const;

export type Identity = keyof typeof IDENTITIES;

/** A role of this project's own, where Google's would allow more than a deploy does. */
export interface CustomRole {
  readonly id: string;
  readonly title: string;
  readonly permissions: readonly string[];
}

export const GRANTER: CustomRole = {
  id: 'scheduledJobsInvokerGranter',
  title: 'Scheduled jobs: who may invoke a worker',
  permissions: ['run.services.get', 'run.services.getIamPolicy', 'run.services.setIamPolicy'],
};

export const DEPLOYER: CustomRole = {
  id: 'scheduledJobsDeployer',
  title: 'Scheduled jobs: APIs, metrics and alerts on the log',
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

/** Roles on the project: there, because their resources have no policy of their own. */
export const PROJECT_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [
    { role: 'roles/cloudscheduler.viewer', why: 'a plan compares the jobs with the table' },
    {
      role: 'roles/run.viewer',
      why: 'a plan finds the worker and reads its grants; on the project, so that a worker that is not deployed reads as missing and not as forbidden',
    },
    { role: 'roles/serviceusage.serviceUsageViewer', why: 'a plan sees which APIs are enabled' },
    {
      role: 'roles/monitoring.alertPolicyViewer',
      why: 'a plan compares the alerts with the table',
    },
    {
      role: 'roles/monitoring.notificationChannelViewer',
      why: 'a plan compares whom the alerts notify',
    },
    { role: 'roles/logging.viewer', why: 'a plan reads the metric; the doctor reads attempts' },
    {
      role: 'roles/browser',
      why: "the doctor reads whether Google's scheduler service agent has its role on the project",
    },
  ],
  deploy: [
    { role: 'roles/cloudscheduler.admin', why: 'a deploy makes, changes, pauses and deletes jobs' },
    { role: 'roles/run.viewer', why: 'a deploy finds the worker' },
    {
      role: 'roles/monitoring.alertPolicyEditor',
      why: 'a deploy makes, changes and deletes the alerts',
    },
    {
      role: 'roles/monitoring.notificationChannelEditor',
      why: 'a deploy makes, changes and deletes whom the alerts notify',
    },
    {
      role: DEPLOYER,
      why: "a deploy enables the APIs and makes the metric; Google's own roles could also disable APIs, and send the log elsewhere",
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

/** Roles on each stage's service account, which the jobs call the worker as. */
export const ACCOUNT_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [{ role: 'roles/iam.serviceAccountViewer', why: 'a plan finds the account' }],
  deploy: [
    {
      role: 'roles/iam.serviceAccountUser',
      why: 'making a job that uses the account needs iam.serviceAccounts.actAs on it',
    },
  ],
};

/** Roles on the bucket of the state, where it is in one. */
export const BUCKET_ROLES: Readonly<Record<Identity, readonly Role[]>> = {
  plan: [{ role: 'roles/storage.objectViewer', why: 'a plan reads the state, and takes no lock' }],
  deploy: [
    { role: 'roles/storage.objectUser', why: 'a deploy writes the state, and locks it meanwhile' },
  ],
};
