import { OpsSandbox } from '../support';

let sandbox: OpsSandbox;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});

const JOB = 'validibot-clear-sessions-dev';
const WORKER = 'validibot-worker-dev';
const WEB = 'validibot-web-dev';
const ACCOUNT = 'validibot-cloudrun-dev@validibot-sandbox.iam.gserviceaccount.com';
const AGENT = 'service-123456789012@gcp-sa-cloudscheduler.iam.gserviceaccount.com';
const SETUP = 'just gcp-scheduler-setup dev';
const DEPLOY_WORKER =
  "just gcp deploy-worker dev (in Validibot's repository; older versions: just gcp-deploy-all dev)";

interface Finding {
  readonly check: string;
  readonly subject: string;
  readonly status: string;
  readonly cause: string;
  readonly fix?: string;
  readonly causedBy?: { readonly check: string; readonly subject: string };
  readonly stage?: string;
  readonly steps?: readonly { readonly kind: string; readonly command?: string }[];
}

async function failures(): Promise<Finding[]> {
  const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
  return findings.filter(({ status }) => status === 'failure');
}

/** Does what a suggested command would do; findings.test.ts runs the commands themselves. */
async function fix(command: string): Promise<void> {
  if (command === SETUP) return sandbox.redeploy('dev');
  const [, verb, job] = /^just gcp-scheduler-(resume|run) (\S+)$/.exec(command) ?? [];
  if (verb !== undefined && job !== undefined) {
    expect(await sandbox.ops(verb, job)).toMatchObject({ status: 0 });
    return;
  }
  return sandbox.clearFaults();
}

/** Applies the suggested fixes until nothing fails. */
async function applyFixes(): Promise<void> {
  for (let rounds = 0; rounds < 4; rounds += 1) {
    const found = await failures();
    if (found.length === 0) return;
    const commands = found.flatMap(({ steps = [] }) => steps.map(({ command = '' }) => command));
    for (const command of new Set(commands)) await fix(command);
  }
  expect(await failures()).toEqual([]);
}

it('reports no failures for a healthy stage', async () => {
  for (const [name] of TASKS) await sandbox.ops('run', name, 'dev');
  const { status, stdout, stderr } = await sandbox.ops('doctor', 'dev');
  expect(stderr).toBe('');
  expect(stdout).toContain('dev: no failures, ');
  expect(stdout).not.toContain('failure ');
  expect(stdout).toMatch(/ ok +│ job-exists +│ all 6: exists/);
  expect(stdout.match(/ ok +│ job-last-success +│ validibot-/g)).toHaveLength(6);
  expect(status).toBe(0);
});

const TASKS = [
  ['clear-sessions'],
  ['cleanup-idempotency-keys'],
  ['cleanup-callback-receipts'],
  ['purge-expired-submissions'],
  ['process-purge-retries'],
  ['cleanup-stuck-runs'],
] as const;

it('names nothing to do for a fresh stage but to wait for its first run', async () => {
  const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
  const fixes = findings.flatMap(({ steps = [] }) => steps).filter(({ kind }) => kind !== 'wait');
  // The stage was deployed without Terraform, so it has no alerts.
  expect(fixes.map(({ command }) => command)).toEqual(Array(6).fill(SETUP));
  expect(findings.filter(({ check }) => check === 'job-last-success')).toHaveLength(6);
  expect(findings.find(({ check }) => check === 'job-last-success')).toMatchObject({
    subject: JOB,
    status: 'ok',
    cause: expect.stringMatching(
      /^not due yet; the first run is at .* Australia\/Sydney$/,
    ) as string,
  });
  expect((await sandbox.ops('doctor', 'dev')).stdout).toMatch(
    / \d jobs not due yet: wait until [-\d]{10} \d\d:\d\d Australia\/Sydney\.\n$/,
  );
});

it('prints a stage that is not deployed as one failure, with one fix', async () => {
  const { status, stdout } = await sandbox.ops('doctor', 'staging');
  expect(stdout).toContain(
    '\n\nfailure stage-deployed: staging\n' +
      '  none of the 6 jobs in the table exists\n' +
      '  Fix: just gcp-scheduler-setup staging\n' +
      'staging: 1 failure, no warnings.\n',
  );
  expect(status).toBe(1);
});

it('checks all stages without a stage, and reads what they share once', async () => {
  await sandbox.fault({ fault: 'agent-role-missing' });
  const result = await sandbox.json<{ stages: string[]; findings: Finding[] }>('doctor');
  expect(result.stages).toEqual(['dev', 'staging', 'prod']);
  const failed = result.findings.filter(({ status }) => status === 'failure');
  expect(failed.map(({ check, stage }) => `${stage} ${check}`)).toEqual([
    'undefined service-agent-role',
    'staging stage-deployed',
    'prod stage-deployed',
  ]);
});

it('prints failures before warnings, and one fix of several jobs once', async () => {
  for (const name of [JOB, 'validibot-cleanup-stuck-runs-dev']) await sandbox.pauseJob(name);
  const { stdout } = await sandbox.ops('doctor', 'dev');
  expect(stdout.indexOf('\nfailure ')).toBeLessThan(stdout.indexOf('\nwarning '));
  expect(stdout).toContain(
    `\nfailure job-paused: ${JOB}, validibot-cleanup-stuck-runs-dev\n` +
      '  the job is paused, but the table does not pause it\n' +
      '  Fix: just gcp-scheduler-resume-all dev\n',
  );
  expect(stdout.match(/Fix: just gcp-scheduler-setup dev/g)).toHaveLength(1);
});

it('prints what a finding explains with it, and not again', async () => {
  await sandbox.fault({ fault: 'worker-in-web-mode', stage: 'dev' });
  await sandbox.ops('run', JOB);
  const { stdout } = await sandbox.ops('doctor', 'dev');
  expect(stdout).toContain(
    `\nfailure worker-mode: ${WORKER}\n` +
      '  APP_ROLE=web, so it returns 404; it needs APP_ROLE=worker\n' +
      `  Fix: ${DEPLOY_WORKER}\n` +
      `  It explains: job-last-attempt of ${JOB}\n`,
  );
  expect(stdout).toContain('dev: 1 failure, 1 warning.');
});

it('changes nothing', async () => {
  await sandbox.pauseJob(JOB);
  await sandbox.fault({ fault: 'grant-missing', stage: 'dev' });
  const before = await failures();
  expect(await failures()).toEqual(before);
  expect((await sandbox.job(JOB)).state).toBe('PAUSED');
});

it('prints each failure with its cause and fix', async () => {
  await sandbox.pauseJob(JOB);
  const { status, stdout } = await sandbox.ops('doctor', 'dev');
  expect(stdout).toMatch(/ failure +│ job-paused +│ 1 of 6, see below/);
  expect(stdout).toContain(
    `failure job-paused: ${JOB}\n` +
      '  the job is paused, but the table does not pause it\n' +
      `  Fix: just gcp-scheduler-resume ${JOB}\n`,
  );
  expect(stdout).toContain('dev: 1 failure, ');
  expect(status).toBe(1);
});

/** A fault, and what the doctor must report: the check, its subject, the cause and the fix. */
type Case = readonly [
  what: string,
  breakIt: () => Promise<unknown>,
  check: string,
  subject: string,
  cause: string,
  command: string,
];

const patch = (job: object, mask: string) => () => sandbox.patchJob(JOB, job, mask);
const patchTarget = (target: object, field: string) =>
  patch({ httpTarget: target }, `httpTarget.${field}`);

const CASES: readonly Case[] = [
  ...['cloudscheduler', 'run', 'iam', 'logging', 'monitoring', 'cloudresourcemanager'].map(
    (api): Case => [
      `${api} is not enabled`,
      () => sandbox.fault({ fault: 'api-disabled', api: `${api}.googleapis.com` }),
      'api-enabled',
      `${api}.googleapis.com`,
      'the API is not enabled',
      `gcloud services enable ${api}.googleapis.com --project=validibot-sandbox`,
    ],
  ),
  [
    'the worker is missing',
    () => sandbox.fault({ fault: 'worker-missing', stage: 'dev' }),
    'worker-deployed',
    WORKER,
    'the Cloud Run service does not exist in australia-southeast1 of validibot-sandbox',
    DEPLOY_WORKER,
  ],
  [
    'the worker is in web mode',
    () => sandbox.fault({ fault: 'worker-in-web-mode', stage: 'dev' }),
    'worker-mode',
    WORKER,
    'APP_ROLE=web, so it returns 404',
    DEPLOY_WORKER,
  ],
  [
    'the account is missing',
    () => sandbox.fault({ fault: 'account-missing', stage: 'dev' }),
    'account-exists',
    ACCOUNT,
    'the service account does not exist',
    'gcloud iam service-accounts create validibot-cloudrun-dev --project=validibot-sandbox',
  ],
  [
    'the account is disabled',
    () => sandbox.fault({ fault: 'account-disabled', stage: 'dev' }),
    'account-enabled',
    ACCOUNT,
    'the service account is disabled',
    `gcloud iam service-accounts enable ${ACCOUNT} --project=validibot-sandbox`,
  ],
  [
    'the grant is missing',
    () => sandbox.fault({ fault: 'grant-missing', stage: 'dev' }),
    'invoker-granted',
    WORKER,
    `${ACCOUNT} has roles/run.invoker neither on the service nor on the project`,
    SETUP,
  ],
  [
    'the service agent has lost its role',
    () => sandbox.fault({ fault: 'agent-role-missing' }),
    'service-agent-role',
    AGENT,
    "Cloud Scheduler's service agent lacks roles/cloudscheduler.serviceAgent",
    `gcloud projects add-iam-policy-binding validibot-sandbox --member=serviceAccount:${AGENT} --role=roles/cloudscheduler.serviceAgent`,
  ],
  [
    'a job is missing',
    () => sandbox.deleteJob(JOB),
    'job-exists',
    JOB,
    'the job does not exist',
    SETUP,
  ],
  [
    'a job is paused',
    () => sandbox.pauseJob(JOB),
    'job-paused',
    JOB,
    'the job is paused, but the table does not pause it',
    `just gcp-scheduler-resume ${JOB}`,
  ],
  ...(
    [
      ['schedule', patch({ schedule: '0 3 * * *' }, 'schedule'), '0 3 * * * instead of 0 2 * * *'],
      ['timeZone', patch({ timeZone: 'UTC' }, 'timeZone'), 'UTC instead of Australia/Sydney'],
      ['httpMethod', patchTarget({ httpMethod: 'GET' }, 'httpMethod'), 'GET instead of POST'],
      [
        'attemptDeadlineSeconds',
        patch({ attemptDeadline: '180s' }, 'attemptDeadline'),
        '180 instead of 600',
      ],
      [
        'serviceAccountEmail',
        async () => {
          const serviceAccountEmail = ACCOUNT.replace('dev', 'prod');
          await sandbox.patchJob(
            JOB,
            { httpTarget: { oidcToken: { serviceAccountEmail } } },
            'httpTarget.oidcToken.serviceAccountEmail',
          );
        },
        `${ACCOUNT.replace('dev', 'prod')} instead of ${ACCOUNT}`,
      ],
      [
        'audience',
        async () => {
          await sandbox.patchJob(
            JOB,
            { httpTarget: { oidcToken: { audience: 'https://example.com' } } },
            'httpTarget.oidcToken.audience',
          );
        },
        'https://example.com instead of http://127.0.0.1:',
      ],
    ] as const
  ).map(([field, breakIt, difference]): Case => [
    `${field} of a job differs from the table`,
    breakIt,
    'job-drift',
    JOB,
    `${field} is ${difference}`,
    SETUP,
  ]),
];

it.each(CASES)('finds that %s, and no failures once that is fixed', async (...testCase) => {
  const [, breakIt, check, subject, cause, command] = testCase;
  await breakIt();
  const found = await failures();
  const finding = found.find((one) => one.check === check && one.subject === subject);
  expect(finding?.cause).toContain(cause);
  expect(finding?.fix).toBe(command);

  await applyFixes();
});

describe('jobs that target the worker and are not in the table', () => {
  async function create(name: string, query = ''): Promise<void> {
    const [url = ''] = await sandbox.urlsOf(WORKER);
    const httpTarget = { uri: `${url}/api/v1/scheduled/send-mail/${query}` };
    const job = { schedule: '17 * * * *', timeZone: 'UTC', description: 'Sends mail (dev)' };
    await sandbox.createJob({ name, ...job, httpTarget });
  }

  async function found(): Promise<Finding[]> {
    const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
    return findings.filter(({ check }) => check === 'unmanaged-jobs');
  }

  it("are a warning with the table's entry, or the place to name them; nothing deletes them", async () => {
    await create('validibot-send-mail-dev');
    const [finding, ...rest] = await found();
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      subject: 'validibot-send-mail-dev',
      status: 'warning',
      cause: `targets ${WORKER}, but is not in the table of jobs`,
      fix:
        "in stages/jobs.ts, add 'send-mail': { schedule: '17 * * * *', " +
        "endpoint: '/api/v1/scheduled/send-mail/', purpose: 'Sends mail' }, then npm run accept, " +
        'then just gcp-scheduler-import dev --apply, ' +
        'or in stages/not-managed.ts, name "validibot-send-mail-dev" with the reason',
    });
  });

  it.each([
    ['whose name is not one of the app', 'by-hand', ''],
    ['whose endpoint the table refuses', 'validibot-odd-dev', '?all=1'],
  ])('are only to be named %s', async (_what, name, query) => {
    await create(name, query);
    expect((await found())[0]).toMatchObject({
      status: 'warning',
      fix: `in stages/not-managed.ts, name "${name}" with the reason`,
    });
  });

  it.each([['validibot-send-mail-dev'], ['send-mail']])(
    'are no finding when %s is left to others',
    async (key) => {
      const { NOT_MANAGED } = jest.requireMock<{ NOT_MANAGED: Record<string, string> }>(
        '../../../stages/not-managed',
      );
      await create('validibot-send-mail-dev');
      NOT_MANAGED[key] = "the mail team's";
      try {
        expect(await found()).toMatchObject([
          { status: 'ok', cause: "left to others: the mail team's" },
        ]);
        const { jobs } = await sandbox.json<{ jobs: { job: string; marks: string[] }[] }>(
          'list',
          'dev',
        );
        expect(jobs.find(({ job }) => job === 'validibot-send-mail-dev')?.marks).toEqual([]);
      } finally {
        Reflect.deleteProperty(NOT_MANAGED, key);
      }
    },
  );

  it('are found where the worker is gone, by what the jobs of the table call', async () => {
    await create('validibot-send-mail-dev');
    await sandbox.fault({ fault: 'worker-missing', stage: 'dev' });
    expect(await found()).toHaveLength(1);
  });

  it('are none when another stage has them', async () => {
    await sandbox.deploy('staging');
    expect(await found()).toMatchObject([{ status: 'ok', cause: 'none' }]);
  });
});

describe("the app's own recipe", () => {
  const recipe = async (): Promise<Finding | undefined> => {
    const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
    return findings.find(({ check }) => check === 'app-recipe');
  };

  /** Writes fields of every job, as that recipe does. */
  async function write(fields: object, mask: string): Promise<void> {
    for (const name of await sandbox.jobNames()) await sandbox.patchJob(name, fields, mask);
  }

  it('is recognized by what it writes into all jobs', async () => {
    await write({ description: 'Something (dev)', timeZone: 'UTC' }, 'description,timeZone');
    const finding = await recipe();
    expect(finding).toMatchObject({ status: 'warning', subject: 'validibot-dev' });
    expect(finding?.cause).toContain('description, timeZone of all 6 jobs differ from the table');
    expect(finding?.fix).toMatch(/take scheduler-setup out .*, then just gcp-scheduler-setup dev$/);
  });

  it.each<[string, object, string]>([
    ['another time zone alone', { timeZone: 'UTC' }, 'timeZone'],
    ['other descriptions alone', { description: 'Something' }, 'description'],
  ])('is not taken for the cause of %s', async (_what, fields, mask) => {
    await write(fields, mask);
    expect(await recipe()).toMatchObject({ status: 'ok' });
  });

  it('is not taken for the cause of one changed job', async () => {
    await sandbox.patchJob(
      JOB,
      { description: 'Own (dev)', timeZone: 'UTC' },
      'description,timeZone',
    );
    expect(await recipe()).toMatchObject({ status: 'ok' });
  });
});

it('finds a job that targets the web service', async () => {
  const [web = ''] = await sandbox.urlsOf(WEB);
  const uri = `${web}/api/v1/scheduled/clear-sessions/`;
  await sandbox.patchJob(
    JOB,
    { httpTarget: { uri, oidcToken: { audience: web } } },
    'httpTarget.uri,httpTarget.oidcToken.audience',
  );
  const found = (await failures()).filter(({ subject }) => subject === JOB);
  expect(found.map(({ check }) => check)).toEqual(['job-drift', 'job-target']);
  expect(found[1]).toMatchObject({ subject: JOB, fix: SETUP });
  expect(found[1]?.cause).toBe(`targets ${WEB}, which returns 404`);
  await applyFixes();
});

it('reports only the credentials when Google rejects them', async () => {
  await sandbox.fault({ fault: 'call', code: 401 });
  const found = await failures();
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ check: 'credentials', subject: 'Google Cloud' });
  expect(found[0]?.cause).toContain('401 UNAUTHENTICATED: Request had invalid authentication');
  expect(found[0]?.fix).toContain('GOOGLE_OAUTH_ACCESS_TOKEN');
  await sandbox.clearFaults();
  expect(await failures()).toEqual([]);
});

it('warns of what it could not read', async () => {
  await sandbox.fault({ fault: 'call', code: 403, path: ':getIamPolicy' });
  const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
  const unknown = findings.filter(({ cause }) => cause.startsWith('could not be checked: '));
  expect(unknown.map(({ check, status }) => [check, status])).toEqual([
    ['service-agent-role', 'warning'],
    ['invoker-granted', 'warning'],
  ]);
});

it('reports the missing role when it may not list the jobs', async () => {
  await sandbox.fault({ fault: 'call', code: 403, path: '/jobs' });
  const [found] = await failures();
  expect(found).toMatchObject({ check: 'jobs-listed', subject: 'australia-southeast1' });
  expect(found?.fix).toContain('--role=roles/cloudscheduler.admin');
});

describe('a failed last attempt', () => {
  /** What the doctor reports about the job's last attempt. */
  async function lastAttempt(): Promise<Finding | undefined> {
    return (await failures()).find(({ check }) => check === 'job-last-attempt');
  }

  it('with 404 is explained by a worker in web mode', async () => {
    await sandbox.fault({ fault: 'worker-in-web-mode', stage: 'dev' });
    await sandbox.ops('run', JOB);
    const found = await lastAttempt();
    expect(found?.cause).toBe(
      '404: no such endpoint: validibot-worker-dev: APP_ROLE=web, so it returns 404; it needs ' +
        'APP_ROLE=worker',
    );
    expect(found?.fix).toBe(`${DEPLOY_WORKER}, then just gcp-scheduler-run ${JOB}`);
    // Only the failed attempt itself is left: running the job again fixes that.
    await fix(DEPLOY_WORKER);
    expect(await lastAttempt()).toMatchObject({ fix: `just gcp-scheduler-run ${JOB}` });
    await applyFixes();
  });

  it('with 404 is explained by a wrong path', async () => {
    const [url = ''] = await sandbox.urlsOf(WORKER);
    await sandbox.patchJob(JOB, { httpTarget: { uri: `${url}/elsewhere/` } }, 'httpTarget.uri');
    await sandbox.ops('run', JOB);
    expect((await lastAttempt())?.cause).toContain(
      `uri is ${url}/elsewhere/ instead of ${url}/api/v1/scheduled/clear-sessions/`,
    );
    await applyFixes();
  });

  it('with 404 is explained by web as the target', async () => {
    const [web = ''] = await sandbox.urlsOf(WEB);
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 404, times: 1 });
    await sandbox.ops('run', JOB);
    await sandbox.patchJob(JOB, { httpTarget: { uri: `${web}/x/` } }, 'httpTarget.uri');
    expect((await lastAttempt())?.cause).toContain(`targets ${WEB}, which returns 404`);
    await applyFixes();
  });

  it.each([
    [{ fault: 'grant-missing', stage: 'dev' }, `${ACCOUNT} has roles/run.invoker neither`, SETUP],
    [{ fault: 'account-disabled', stage: 'dev' }, 'the service account is disabled', 'gcloud iam'],
    [{ fault: 'agent-role-missing' }, "Cloud Scheduler's service agent lacks", 'gcloud projects'],
  ])('with 403 is explained by %j', async (fault, cause, command) => {
    await sandbox.fault(fault);
    await sandbox.ops('run', JOB);
    const found = await lastAttempt();
    expect(found?.cause).toContain('403: not allowed to invoke the worker: ');
    expect(found?.cause).toContain(cause);
    expect(found?.fix).toContain(command);
    await applyFixes();
  });

  it('with 403 is explained by a new grant when everything is correct now', async () => {
    await sandbox.fault({ fault: 'grant-missing', stage: 'dev' });
    await sandbox.ops('run', JOB);
    await sandbox.grant('dev');
    const found = await lastAttempt();
    expect(found?.cause).toContain('a new grant takes up to 7 minutes to take effect');
    expect(found?.fix).toBe(`just gcp-scheduler-run ${JOB}`);
    await applyFixes();
  });

  it("with 401 shows the token's audience and both URLs of the worker", async () => {
    await sandbox.patchJob(
      JOB,
      { httpTarget: { oidcToken: { audience: 'https://example.com' } } },
      'httpTarget.oidcToken.audience',
    );
    await sandbox.ops('run', JOB);
    const urls = await sandbox.urlsOf(WORKER);
    const found = await lastAttempt();
    expect(found?.cause).toBe(
      "401: token rejected by the worker: the token's audience is https://example.com; " +
        `the worker's URLs are ${urls.join(' and ')}`,
    );
    expect(found?.fix).toBe(`${SETUP}, then just gcp-scheduler-run ${JOB}`);
    await applyFixes();
  });

  it('that took too long names both deadlines', async () => {
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 900, times: 1 });
    await sandbox.ops('run', JOB, '--no-wait');
    await sandbox.advance(601);
    const found = await lastAttempt();
    expect(found?.cause).toBe(
      'no response within the deadline: the task takes longer than the deadline (10 min; the ' +
        "service's timeout is 30 min)",
    );
    expect(found?.fix).toBe(
      'in stages/jobs.ts, raise attemptDeadlineSeconds of clear-sessions (at most 1800), then ' +
        `${SETUP}, then just gcp-scheduler-run ${JOB}`,
    );
    await applyFixes();
  });

  it.each([
    ['audience', "the token's audience is http:"],
    ['account', `${ACCOUNT} is not in the worker's allow-list`],
    ['expired', 'the token had expired'],
    ['early', 'the token was not valid yet'],
    ['certificates', "the worker could not fetch Google's certificates"],
  ])("with 401 is explained by the worker's log: %s", async (reason, cause) => {
    await sandbox.fault({ fault: 'worker-rejects-token', stage: 'dev', reason, times: 1 });
    await sandbox.ops('run', JOB);
    expect((await lastAttempt())?.cause).toContain(`401: token rejected by the worker: ${cause}`);
  });

  it('with 401 names the URLs and the allow-list when the log cannot be read', async () => {
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 401, times: 1 });
    await sandbox.ops('run', JOB);
    await sandbox.fault({ fault: 'call', code: 403, path: '/v2/entries:list' });
    const cause = (await lastAttempt())?.cause;
    expect(cause).toContain(
      'its log could not be read: POST logging.googleapis.com entries:list: 403',
    );
    expect(cause).toContain((await sandbox.urlsOf(WORKER)).join(' or '));
    expect(cause).toContain('TASK_OIDC_ALLOWED_SERVICE_ACCOUNTS');
  });

  it('of the task itself refers to the logs', async () => {
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500, times: 1 });
    await sandbox.ops('run', JOB);
    const found = await lastAttempt();
    expect(found?.cause).toBe(
      '500: failed: the task failed in the worker; its log says: Internal Server Error: ' +
        '/api/v1/scheduled/clear-sessions/: RuntimeError: Failure injected by the sandbox.',
    );
    expect(found?.fix).toBe(
      `just gcp-scheduler-logs ${JOB} --failed --worker; when the task is fixed: just gcp-scheduler-run ${JOB}`,
    );
    await sandbox.ops('run', JOB);
    expect(await failures()).toEqual([]);
  });
});

describe('the check of the last success', () => {
  const FREQUENT = 'validibot-process-purge-retries-dev';

  it('finds a job that has never succeeded', async () => {
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500 });
    await sandbox.advance(3600);
    const found = (await failures()).find(
      ({ check, subject }) => check === 'job-last-success' && subject === FREQUENT,
    );
    expect(found?.cause).toMatch(/^has never succeeded; was due \d+ min ago$/);
    expect(found?.causedBy).toEqual({ check: 'job-last-attempt', subject: FREQUENT });
  });

  it('finds a job that last succeeded too long ago', async () => {
    await sandbox.advance(3600);
    expect((await failures()).map(({ check }) => check)).toEqual([]);
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500 });
    await sandbox.advance(3600);
    const found = (await failures()).find(
      ({ check, subject }) => check === 'job-last-success' && subject === FREQUENT,
    );
    expect(found?.cause).toMatch(/^last succeeded 6\d min ago; was due 1\d min ago$/);
    await sandbox.clearFaults();
    await sandbox.advance(3600);
    expect(await failures()).toEqual([]);
  });

  it('ignores paused jobs', async () => {
    await sandbox.pauseJob(FREQUENT);
    await sandbox.advance(7200);
    expect((await failures()).map(({ check }) => check)).toEqual(['job-paused']);
  });
});

describe('a run under way', () => {
  it('is neither a success nor a failure', async () => {
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 45 });
    await sandbox.ops('run', JOB, '--no-wait');
    const running = async () => {
      const { findings } = await sandbox.json<{ findings: Finding[] }>('doctor', 'dev');
      return findings
        .filter(({ check, subject }) => /^job-last-/.test(check) && subject === JOB)
        .map(({ status, cause }) => [status, cause]);
    };
    expect(await running()).toEqual([
      ['ok', expect.stringMatching(/^running, started \d/)],
      ['ok', 'a run is under way'],
    ]);
    await sandbox.advance(50);
    expect(await running()).toEqual([
      ['ok', 'succeeded'],
      ['ok', expect.stringMatching(/^last succeeded /)],
    ]);
  });
});
