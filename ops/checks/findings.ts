/** What is wrong, in general; a result has the details. */
interface Definition {
  /** The check that finds it. */
  readonly check: string;
  readonly status: 'warning' | 'failure';
  /** A sentence part, for the list in docs/findings.md. */
  readonly means: string;
}

/**
 * Everything that the doctor can find, in the order in which it is best fixed. docs/findings.md lists
 * it with each fix, and the test that makes it happen and does what the fix says.
 */
export const FINDINGS = {
  'credentials-rejected': failure(
    'credentials',
    'Google rejects your credentials, or you have none',
  ),
  'project-unreadable': failure('project', 'you may not see the project'),
  'project-missing': failure('project', 'the project does not exist'),
  'project-deleted': failure('project', 'the project is being deleted'),
  'api-disabled': failure('api-enabled', 'APIs are not enabled'),
  'worker-unreadable': failure('worker-deployed', 'the worker service cannot be read'),
  'worker-missing': failure('worker-deployed', 'the worker service does not exist'),
  'worker-not-ready': failure('worker-ready', "the worker's latest deployment is not ready"),
  'worker-in-web-mode': failure('worker-mode', 'the worker has no `APP_ROLE=worker`'),
  'account-unreadable': failure('account-exists', "the stage's service account cannot be read"),
  'account-missing': failure('account-exists', "the stage's service account does not exist"),
  'account-disabled': failure('account-enabled', "the stage's service account is disabled"),
  'stage-undeployed': failure('stage-deployed', 'none of the jobs in the table exists'),
  'invoker-missing': failure(
    'invoker-granted',
    'the account has `roles/run.invoker` neither on the worker nor on the project',
  ),
  'invoker-conditional': warning('invoker-granted', 'its grant has a condition'),
  'agent-role-missing': failure(
    'service-agent-role',
    "Google's own scheduler account has lost `roles/cloudscheduler.serviceAgent`",
  ),
  'jobs-unreadable': failure('jobs-listed', 'the jobs cannot be listed'),
  'app-recipe-ran': warning('app-recipe', "Validibot's own recipe has written all jobs at once"),
  'job-missing': failure('job-exists', 'a job of the table does not exist'),
  'job-update-failed': failure('job-enabled', 'a job is `UPDATE_FAILED`, so it does not run'),
  'job-disabled': failure('job-enabled', 'a job is `DISABLED`, so it does not run'),
  'job-paused': failure('job-paused', 'a job is paused, though the table does not pause it'),
  'job-pause-ended': failure(
    'job-paused',
    'a job is still paused, though its pause should have ended',
  ),
  'job-paused-until': warning('job-paused', 'a job is paused until a time that its pause names'),
  'job-drifted': failure('job-drift', 'a field differs from the table'),
  'job-drift-hidden': failure(
    'job-drift',
    'a field differs from the table in a way that Terraform does not see',
  ),
  'job-not-compared': warning('job-drift', "the worker's URL is unknown"),
  'job-targets-web': failure('job-target', 'a job calls the web service, which returns 404'),
  'job-targets-other': failure('job-target', "a job calls another service than the stage's worker"),
  'attempt-explained': failure(
    'job-last-attempt',
    'the last attempt failed because of another finding',
  ),
  'attempt-not-found': failure('job-last-attempt', 'the last attempt failed with 404'),
  'attempt-forbidden': failure('job-last-attempt', 'the last attempt failed with 403'),
  'attempt-wrong-audience': failure(
    'job-last-attempt',
    "the last attempt failed with 401, and the audience is not the table's",
  ),
  'attempt-unauthenticated': failure('job-last-attempt', 'the last attempt failed with 401'),
  'attempt-too-long': failure('job-last-attempt', 'the last attempt ran into its deadline'),
  'attempt-unavailable': failure('job-last-attempt', 'the worker was not available (503)'),
  'attempt-failed': failure('job-last-attempt', 'the task itself failed (500)'),
  'success-overdue': failure('job-last-success', 'a job did not succeed when it was last due'),
  'success-missing': failure('job-last-success', 'a job has never succeeded, though it was due'),
  'headroom-low': warning('job-headroom', "a job's attempts come close to their deadline"),
  'runs-wait': warning(
    'job-headroom',
    "a job's attempts take longer than the time between two runs",
  ),
  'alerts-missing': warning('job-alerts', 'a job has no alert on failed or missed runs'),
  'alert-duplicated': failure('duplicate-alerts', 'an alert exists twice'),
  'job-unmanaged': warning('unmanaged-jobs', 'a job that is not in the table calls the worker'),
  unreadable: warning('', 'something could not be read, so a check was not made'),
} as const satisfies Readonly<Record<string, Definition>>;

export type FindingId = keyof typeof FINDINGS;

function failure<Check extends string>(check: Check, means: string) {
  return { check, status: 'failure', means } as const;
}

function warning<Check extends string>(check: Check, means: string) {
  return { check, status: 'warning', means } as const;
}
