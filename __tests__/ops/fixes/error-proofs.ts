/** How the fix of an error is tested: by tests that carry it out, or why none can. */
export interface ErrorProof {
  /** When a command says it; for the table. */
  readonly when: string;
  /** The tests, as `FILE: TITLE` below `__tests__`. @default - none */
  readonly tests?: readonly string[];
  /** Why it is not carried out, or not all of it. @default - it is */
  readonly notCarriedOut?: string;
}

const here = (title: string): string => `ops/fixes/carried-out.test.ts: ${title}`;
const FINDINGS = 'ops/checks/findings.test.ts: a finding is gone once its fix is carried out';
const BY_TERRAFORM =
  'e2e/fixes.test.ts: setup, and the runs that the doctor names, fix all that a deploy fixes';
const PROTECTED = [
  'slow/deletion-protection.test.ts: deletes a job in two deploys',
  'slow/deletion-protection.test.ts: deletes the stage after a deploy that ends its protection',
];

const NO_PERMISSIONS = 'the sandbox lets everyone do everything';
const IN_BROWSER = 'it is done in a browser';
const THIS_MACHINE = "it would change the credentials of this machine's user";
const IN_WORKER = "it is a change of Validibot's settings";

/** By file and fix: words in capitals stand for what only a run knows. */
export const ERROR_PROOFS: Readonly<Record<string, Readonly<Record<string, ErrorProof>>>> = {
  'ops/commands/delete-all.ts': {
    'just gcp-scheduler-import STAGE --apply, then run the same command again': {
      when: 'jobs of the table are left that Terraform does not manage',
      tests: [
        'slow/fixes-of-state.test.ts: delete-all deletes what it left, after the import that it names',
      ],
    },
  },
  'ops/commands/next.ts': {
    'pass --ics a path that can be written': {
      when: 'the calendar cannot be written',
      tests: [here('%j writes to another path than one that cannot be written')],
    },
  },
  'ops/commands/page.ts': {
    'pass --out a path that can be written': {
      when: 'the page cannot be written',
      tests: [here('%j writes to another path than one that cannot be written')],
    },
  },
  'ops/commands/tasks.ts': {
    'just gcp-scheduler-tasks FILE --add, then in stages/jobs.ts, add the entries, or in stages/not-managed.ts, name the tasks, with the reason':
      {
        when: 'the app has tasks without a job',
        tests: [here('get the entries that --add prints, or the place that leaves them out')],
      },
    'in stages/jobs.ts, remove them, or add the tasks to the app': {
      when: 'the table has jobs without a task',
      tests: [here('are added to the app, or corrected there')],
    },
    'in stages/jobs.ts, correct them (in stages/stages.ts what only some stages need), or correct the app':
      {
        when: 'a job differs from its task',
        tests: [here('are added to the app, or corrected there')],
      },
  },
  'ops/google/client.ts': {
    'check ENDPOINT_VARIABLE (if set) and your proxy (if any)': {
      when: 'an answer is not JSON',
      tests: [here('that %s is corrected')],
    },
  },
  'ops/google/credentials.ts': {
    'gcloud auth application-default login': {
      when: 'there are no credentials, or Google rejects them',
      notCarriedOut: IN_BROWSER,
    },
    'if it is a local endpoint, export GOOGLE_OAUTH_ACCESS_TOKEN=any': {
      when: 'an endpoint does not use https',
      tests: [here('a local endpoint gets a token by the variable that is named')],
    },
    'unset GOOGLE_OAUTH_ACCESS_TOKEN (its token is invalid or has expired), or renew it: export GOOGLE_OAUTH_ACCESS_TOKEN="$(gcloud auth print-access-token)"':
      {
        when: 'Google rejects the token of the variable',
        notCarriedOut: 'the sandbox accepts any token',
      },
  },
  'ops/google/error.ts': {
    'check your network and ENDPOINT_VARIABLE (if set), then run the same command again': {
      when: 'Google cannot be reached',
      tests: [here('that %s is corrected')],
    },
    'gcloud services enable DISABLED --project=PROJECT': {
      when: 'an API is not enabled',
      tests: [here('enables an API that is disabled')],
    },
    'gcloud auth application-default set-quota-project PROJECT': {
      when: 'the credentials have no quota project',
      notCarriedOut: THIS_MACHINE,
    },
    'check GCP_PROJECT_ID, GCP_REGION and GCP_APP_NAME': {
      when: 'Google answers with 404',
      tests: [here('a region without the jobs is corrected by its setting')],
    },
    "wait until the project's quota is available again, in a minute, then run the same command again":
      {
        when: 'Google answers with 429',
        tests: [here('%i is gone when the same command runs again')],
      },
    'wait until Google has recovered (https://status.cloud.google.com), then run the same command again':
      {
        when: 'Google answers with 5xx',
        tests: [here('%i is gone when the same command runs again')],
      },
    'wait until the other change has ended, then run the same command again': {
      when: 'Google answers with 409, or that the state does not allow it',
      tests: [
        here('%i is gone when the same command runs again'),
        here('that is in another state meanwhile accepts the same command later'),
      ],
    },
    'correct the value that Google names: in GCP_PROJECT_ID, GCP_REGION, GCP_APP_NAME or stages/': {
      when: 'Google answers with 400',
      tests: [here('that rejects a value never sends to the doctor, which would get the same')],
    },
    'check ENDPOINT_VARIABLE (if set)': {
      when: 'Google answers with any other status',
      tests: [here('that %s is corrected')],
    },
    'to get PERMISSION, which ROLE includes: gcloud projects add-iam-policy-binding PROJECT --member=user:YOUR_EMAIL --role=ROLE':
      { when: 'a permission is missing', notCarriedOut: NO_PERMISSIONS },
  },
  'ops/google/monitoring.ts': {
    'only if NAME is not the one in the state (docs/recovering-state.md): gcloud alpha monitoring policies update NAME --no-enabled --project=PROJECT, then MAP':
      {
        when: 'an alert exists more than once',
        tests: [FINDINGS, 'e2e/lost-state.test.ts: names the alerts that a second state made'],
      },
    'only if NAME is not the one in the state (docs/recovering-state.md): gcloud alpha monitoring policies update NAME --no-enabled --project=PROJECT':
      { when: 'each of these alerts', tests: [FINDINGS] },
  },
  'ops/jobs/advice.ts': {
    'just gcp-scheduler-run NAME; if it fails again, just gcp-scheduler-logs NAME --failed --worker':
      {
        when: 'a run failed with 503',
        tests: [here('with 503 succeeds when it runs again')],
      },
    'just gcp-scheduler-logs NAME --failed --worker; when the task is fixed: just gcp-scheduler-run NAME':
      {
        when: 'a run failed with 500',
        tests: [here('with 500 has its log, and succeeds when it runs again')],
      },
    'just gcp-scheduler-doctor STAGE': {
      when: 'a run failed with 403 or 404, or took too long',
      tests: [here('with %i is a failure of the doctor, whose fix ends it')],
    },
  },
  'ops/jobs/explain.ts': {
    'just gcp-scheduler-doctor STAGE': {
      when: "a run failed because its job's URI lacks the last slash",
      tests: [
        here(
          'a run that failed because its URI lacks the last slash succeeds after what the doctor names',
        ),
      ],
    },
    'just gcp-scheduler-logs NAME --failed --worker; when the task is fixed: just gcp-scheduler-run NAME':
      {
        when: 'a run failed with 500',
        tests: [here('with 500 has its log, and succeeds when it runs again')],
      },
    'just gcp-scheduler-run NAME': {
      when: 'the worker rejected a token that another attempt would not have',
      tests: [FINDINGS],
    },
    'in stages/stages.ts, set workerUrl of STAGE to URL, then just gcp-scheduler-setup STAGE, then just gcp-scheduler-run NAME, or IN_WORKER':
      {
        when: "the worker expects its other URL as the token's audience",
        notCarriedOut: IN_WORKER,
      },
    'just gcp-scheduler-setup STAGE, then just gcp-scheduler-run NAME': {
      when: "a job's request or token is not the one of the table",
      tests: [FINDINGS, BY_TERRAFORM],
    },
    'let the worker reach www.googleapis.com (its VPC egress: Private Google Access, or a NAT), then just gcp-scheduler-run NAME':
      { when: "the worker could not fetch Google's certificates", notCarriedOut: IN_WORKER },
    "if the worker's audience is its other URL, in stages/stages.ts, set workerUrl of STAGE to URL, then just gcp-scheduler-setup STAGE, then just gcp-scheduler-run NAME, or IN_WORKER":
      { when: 'the worker rejected a token, and does not say why', notCarriedOut: IN_WORKER },
    'in stages/stages.ts, set workerUrl of STAGE to URL': {
      when: 'a part of the fixes above',
      notCarriedOut: IN_WORKER,
    },
    "in the worker's settings, CHANGE, then just gcp deploy-worker STAGE (in Validibot's repository; older versions: just gcp-deploy-all STAGE), then just gcp-scheduler-run NAME":
      { when: "the worker's own settings reject the token", notCarriedOut: IN_WORKER },
  },
  'ops/jobs/gcloud.ts': {
    'gcloud scheduler jobs update http TARGET OPTIONS': {
      when: 'a job is in UPDATE_FAILED, or differs in a way that Terraform does not see',
      tests: [
        here('updates a job that can be neither paused nor resumed'),
        'e2e/fixes.test.ts: a job in UPDATE_FAILED recovers by the command that setup and the doctor name',
      ],
    },
  },
  'ops/jobs/mismatch.ts': {
    'just gcp-scheduler-setup STAGE': {
      when: 'a review finds that a job does not exist',
      tests: [BY_TERRAFORM],
    },
    'just gcp-scheduler-resume NAME': {
      when: 'setup or review finds a job paused that the table does not pause',
      tests: ['ops/commands/setup.test.ts: names a job that stays paused'],
    },
    'just gcp-scheduler-pause NAME': {
      when: 'setup or review finds a job enabled that the table pauses',
      tests: [here('a job that the table pauses is paused by the command that setup names')],
    },
  },
  'ops/jobs/setup-fix.ts': {
    'just gcp-scheduler-setup STAGE': {
      when: 'a job differs from the table',
      tests: [BY_TERRAFORM],
    },
    'just gcp-scheduler-setup STAGE --allow stop': {
      when: 'the deploy would stop a job of prod',
      tests: [
        'slow/deletion-protection.test.ts: pauses a job in one deploy, and keeps its alert, disabled',
      ],
    },
  },
  'ops/jobs/unmanaged.ts': {
    'in stages/not-managed.ts, name STRINGIFY with the reason': {
      when: 'a job calls the worker, and the table could not have it',
      tests: [FINDINGS],
    },
    'in stages/jobs.ts, add ENTRY, then npm run accept, then just gcp-scheduler-import STAGE --apply, or in stages/not-managed.ts, name STRINGIFY with the reason':
      {
        when: 'a job calls the worker and is not in the table',
        tests: ['e2e/operations.test.ts: imports them with --apply, and keeps a pause'],
        notCarriedOut: 'the edit of the table',
      },
  },
  'ops/jobs/wait.ts': {
    'just gcp-scheduler-list STAGE': {
      when: "a run has no result a minute after the job's deadline",
      notCarriedOut: 'a test would take longer than the deadline',
    },
  },
  'ops/maintenance.ts': {
    'just gcp-scheduler-setup STAGE': {
      when: 'pause-all or resume-all finds that jobs do not exist',
      tests: [
        here('jobs that are missing exist after a deploy, and are then paused'),
        BY_TERRAFORM,
      ],
    },
  },
  'ops/pauses/settle.ts': {
    'just gcp-scheduler-doctor STAGE': {
      when: 'a catch-up failed',
      tests: [here('with 500 as a catch-up is one of the doctor, too')],
    },
    'just gcp-scheduler-run JOB': {
      when: 'a job that is resumed missed a run',
      tests: [here('a run that was missed is made up for')],
    },
  },
  'ops/terraform/child.ts': {
    'install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install), or name another binary in TERRAFORM_BINARY_NAME':
      {
        when: 'terraform cannot be started',
        tests: [
          here('a terraform that is not installed is replaced by the one that the variable names'),
        ],
      },
  },
  'ops/terraform/expected-digest.ts': {
    'just gcp-scheduler-review STAGE, or in GitHub, "Re-run all jobs"': {
      when: 'a plan is not the one that was reviewed',
      tests: [
        'ops/commands/setup.test.ts: applies the changes that were reviewed, and refuses others',
      ],
    },
  },
  'ops/terraform/explain-init.ts': {
    'rm LOCK, then run the same command again': {
      when: 'the lock file of a stack has the checksums of another build of the provider',
      tests: [
        'e2e/provider-lock.test.ts: in a stack, is named with its fix if there is none in the project',
      ],
    },
    'run this command once as someone who may write to the bucket; read-only access is enough from then on':
      {
        when: 'the bucket has no state of the stage yet',
        tests: ['e2e/workflow-scripts.test.ts: review a pull request with the identity of plans'],
      },
    'remove builds of the provider from ~/.terraform.d/plugins and from mirrors; terraform then installs the official one, or if the file itself is wrong, npm run lock-provider':
      {
        when: "the project's lock file has the checksums of another build of the provider",
        tests: [
          'e2e/provider-lock.test.ts: stops operations with another build of the provider, and says why',
        ],
        notCarriedOut: 'the official build is downloaded',
      },
  },
  'ops/terraform/alert-channels.ts': {
    'gcloud beta monitoring channels list --project=PROJECT, then set ALERT_CHANNELS to names that it shows, or unset it':
      {
        when: 'ALERT_CHANNELS names a channel that does not exist, or is of another project',
        tests: [
          'ops/terraform/alert-channels.test.ts: accepts the channel that the list of the fix shows',
        ],
      },
  },
  'ops/terraform/hcp/api.ts': {
    "set NODE_EXTRA_CA_CERTS to the file with the authority's certificate, and also SSL_CERT_FILE, which terraform reads on Linux":
      {
        when: 'a certificate is not trusted',
        tests: [
          "ops/google/through-proxy.test.ts: calls HCP Terraform's API through the proxy, with the authorities that terraform trusts",
        ],
      },
  },
  'ops/terraform/hcp/credentials.ts': {
    'terraform login HOST, or TOKEN_IN': {
      when: 'there is no token for HCP Terraform, or it is rejected',
      tests: [
        here('a token is found once the variable that is named is set'),
        here('a token of a host with a port is found in the file that is named'),
      ],
    },
    'set VARIABLE': {
      when: 'a part of the fixes here',
      tests: [here('a token is found once the variable that is named is set')],
    },
    'add to FILE: credentials "HOST" { token = "TOKEN" }': {
      when: 'the same for a host with a port, whose variable no shell can set',
      tests: [here('a token of a host with a port is found in the file that is named')],
    },
    'correct it': {
      when: "a file of terraform's configuration cannot be read",
      tests: [here('a file that cannot be read is corrected')],
    },
    'run it by hand to see why, or TOKEN_IN': {
      when: 'a credentials helper fails',
      tests: [here('a helper that %s is not asked when the variable is set')],
    },
  },
  'ops/terraform/hcp/first-init.ts': {
    "move the state as in docs/moving-state.md; only if you do not need that state (such as a sandbox's): rm FILE":
      {
        when: 'the state was in another backend',
        tests: [here('the record of an earlier backend that is not needed is removed')],
      },
  },
  'ops/terraform/hcp/plan-json.ts': {
    'grant its team the permission "Plan" on the workspace': {
      when: 'the token may not read the plan',
      notCarriedOut: IN_BROWSER,
    },
  },
  'ops/terraform/hcp/run.ts': {
    'grant its team read access to runs on the workspace': {
      when: 'the token may not read the run',
      notCarriedOut: IN_BROWSER,
    },
    'discard it at URL': { when: 'a run could not be discarded', notCarriedOut: IN_BROWSER },
  },
  'ops/terraform/lock.ts': {
    'wait until it has ended; only if there is no such process any more: rm FILE': {
      when: 'another command works on the stage',
      tests: [
        here('a stage that another command works on is free when that has ended'),
        here('a lock of a machine that is gone is taken after its file was removed'),
      ],
    },
  },
  'ops/terraform/plan-failure.ts': {
    'just gcp-scheduler-doctor STAGE; if it finds no failures, correct what terraform names above, then run the same command again':
      {
        when: 'terraform cannot plan',
        tests: [
          here(
            'a plan that failed leads to the doctor, and from there back to what terraform said',
          ),
        ],
      },
  },
  'ops/terraform/protection.ts': {
    'if this is not intended, undo its cause, which just gcp-scheduler-review STAGE shows, or if it is intended, in stages/stages.ts, keep them, with deletionProtection: false, then just gcp-scheduler-setup STAGE, then remove them, then just gcp-scheduler-setup STAGE --allow destroy':
      { when: 'a plan deletes what is protected', tests: PROTECTED },
    'in stages/stages.ts, keep them, with deletionProtection: false, then just gcp-scheduler-setup STAGE, then remove them, then just gcp-scheduler-setup STAGE --allow destroy':
      { when: 'a part of the fix above', tests: PROTECTED },
    'put BACK back into stages/': {
      when: 'delete-all would delete what is protected and no longer in the code',
      tests: ['ops/commands/delete-all.test.ts: asks for what is no longer declared'],
      notCarriedOut: 'what was removed from the code only its history has',
    },
    'in stages/stages.ts, set deletionProtection: false for STAGE': {
      when: 'delete-all would delete what is protected',
      tests: PROTECTED,
    },
    'STEP, then REST': { when: 'both of them, in order', tests: PROTECTED },
    'just gcp-scheduler-setup STAGE, then run the same command again': {
      when: 'delete-all would delete what an earlier deploy protected',
      tests: PROTECTED,
    },
  },
  'ops/terraform/state-check.ts': {
    'mv FILE PLACE': {
      when: 'an apply could not save its state in a file, and there was none before',
      tests: [here('that was not saved is moved to its place, over %j')],
    },
    'export GCP_APP_NAME=OF': {
      when: "the state's jobs are of another app",
      tests: [here('of another %s is accepted with the variable that is named')],
    },
    'export GCP_REGION=AT': {
      when: 'the state is of another region',
      tests: [here('of another %s is accepted with the variable that is named')],
    },
    'export GCP_PROJECT_ID=OF, or set TF_STATE_BUCKET, TF_CLOUD_ORGANIZATION or TF_STATE_DIR to where the state of PROJECT is':
      {
        when: 'the state is of another project',
        tests: [here('of another %s is accepted with the variable that is named')],
      },
    'just gcp-scheduler-import STAGE': {
      when: 'resources exist that a state lacks',
      tests: ['e2e/lost-state.test.ts: imports what a half-lost state does not have'],
    },
    'set TF_STATE_BUCKET, TF_CLOUD_ORGANIZATION or TF_STATE_DIR as for the last deploy; only if that state is lost (docs/recovering-state.md), or the jobs were made by hand: just gcp-scheduler-import STAGE':
      {
        when: 'resources exist, and the state is empty',
        tests: [
          'e2e/lost-state.test.ts: rebuilds a lost state, and doubles nothing',
          'slow/fixes-of-state.test.ts: an empty state is the wrong one, and the setting that is named has the other',
        ],
      },
    'terraform -chdir=FOLDER state push ERRORED_STATE, then mv FILE FILE.pushed': {
      when: 'an apply could not save its state in a bucket',
      tests: [
        'slow/fixes-of-state.test.ts: a state that could not be saved is pushed by the commands that are named',
      ],
    },
    'mv PLACE PLACE.before, then mv FILE PLACE': {
      when: 'an apply could not save its state in a file',
      tests: [here('that was not saved is moved to its place, over %j')],
    },
  },
  'ops/terraform/state-lock.ts': {
    'wait until WHO has finished (DETAILS), then run the same command again': {
      when: 'another process has locked a state that is a file',
      tests: [
        'e2e/operations.test.ts: setup changes nothing while the state is locked, and names the holder',
      ],
    },
    'check the state and your access to it: DESCRIBE_STATE_OF': {
      when: 'the state cannot be locked, and nobody holds it',
      notCarriedOut: NO_PERMISSIONS,
    },
    'wait until WHO has finished (DETAILS), then run the same command again; only if that process no longer runs anywhere: terraform -chdir=FOLDER force-unlock ID':
      {
        when: 'another process has locked the state',
        tests: [
          'e2e/operations.test.ts: setup changes nothing while the state is locked, and names the holder',
          'slow/fixes-of-state.test.ts: a lock of a process that was killed is taken off by the command that is named',
        ],
      },
  },
  'ops/terraform/verdict.ts': {
    'pass OPTION a writable path': {
      when: 'a review cannot be written',
      tests: [here('a review is written to a path that is writable')],
    },
    'resolve the problems in the review; no option accepts them': {
      when: 'a plan cannot be relied on',
      notCarriedOut: 'each problem has its own fix in the review',
    },
    'if this is intended, just gcp-scheduler-COMMAND STAGE OPTIONS --allow KINDS': {
      when: 'a plan fails its review',
      tests: [
        'e2e/operations.test.ts: setup changes nothing when its review fails, unless the kind is allowed',
      ],
    },
  },
  'ci/access/apply.ts': {
    'pass --repository-id NUMBER: the field id of https://api.github.com/repos/OWNER/NAME': {
      when: 'GitHub does not tell the number of the repository',
      tests: ['ci/access/access.test.ts: runs nothing without that number'],
    },
    'install the Google Cloud CLI': {
      when: 'gcloud cannot be started',
      notCarriedOut: 'a test installs nothing',
    },
    'resolve that error, then run the same command again; it is safe to repeat': {
      when: 'a command of gcloud fails',
      tests: [
        'ci/access/access.test.ts: stops at the first failing command, and says that it is safe to repeat',
      ],
    },
  },
};
