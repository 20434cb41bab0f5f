import { run } from '../../../ops/fixes/fix';
import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import { reviewInMarkdown } from '../../../ops/plan-review/markdown/render';
import { plainText } from '../../../ops/plan-review/phrase';
import { checkStage } from '../../../ops/plan-review/review';
import { jobChange, otherChange, planOf, reviewOf, rulesOf, type JobChange } from './support/plans';

const DEV = { name: 'validibot-clear-sessions-dev' };

function rules(...changes: unknown[]): string[] {
  return rulesOf(reviewOf(planOf(changes)));
}

function messages(...changes: unknown[]): string[] {
  return reviewOf(planOf(changes)).findings.map(({ message }) => plainText(message));
}

/** The rules for the same change to a production job and to a dev job. */
function inBoth({ before, after, ...rest }: JobChange): string[][] {
  return [{}, DEV].map((name) =>
    rules(jobChange({ before: { ...before, ...name }, after: { ...after, ...name }, ...rest })),
  );
}

describe('a change that stops a job fails in production and is a notice elsewhere', () => {
  it.each<[string, JobChange, string]>([
    ['a pause', { after: { paused: true } }, 'job-paused'],
    [
      'a schedule without upcoming runs',
      { after: { schedule: '0 0 1 6 *' } },
      'job-no-upcoming-runs',
    ],
    ['an unsupported schedule', { after: { schedule: 'every 5 minutes' } }, 'job-schedule-hidden'],
    ['an unknown time zone', { after: { time_zone: 'EST5' } }, 'job-schedule-hidden'],
    [
      'a pause that is known only after the apply',
      { change: { after_unknown: { paused: true } } },
      'job-schedule-hidden',
    ],
    [
      'a sensitive schedule',
      { after: { schedule: '1 * * * *' }, change: { after_sensitive: { schedule: true } } },
      'job-schedule-hidden',
    ],
  ])('%s', (_, change, rule) => {
    expect(inBoth(change)).toEqual([[`stops ${rule}`], [`notice ${rule}`]]);
  });

  it.each([
    ['one placeholder', 'REDACTED'],
    ['nothing', null],
  ])('a sensitive schedule whose two values were redacted to %s', (_, schedule) => {
    const sensitive = { before_sensitive: { schedule: true }, after_sensitive: { schedule: true } };
    const change = jobChange({ before: { schedule }, after: { schedule }, change: sensitive });
    expect(rulesOf(reviewOf(planOf([change], { redacted: true })))).toEqual([
      'stops job-schedule-hidden',
    ]);
    // Without redaction, equal values are equal.
    expect(rulesOf(reviewOf(planOf([change])))).toEqual([]);
  });

  it('removing the token', () => {
    const after = { http_target: [{ uri: 'https://worker.example.com/clear/' }] };
    const [prod, dev] = inBoth({ after });
    expect(prod).toContain('stops job-without-token');
    expect(dev).toContain('notice job-without-token');
  });

  it('removing the endpoint', () => {
    const [prod] = inBoth({ after: { http_target: [], pubsub_target: [{ topic_name: 't' }] } });
    expect(prod).toContain('stops job-without-token');
    expect(prod).toContain('stops job-retargeted');
  });
});

describe('a job', () => {
  it('that stays paused has no findings', () => {
    expect(rules(jobChange({ before: { paused: true }, after: { paused: true } }))).toEqual([]);
  });

  it('that is resumed has no findings', () => {
    expect(rules(jobChange({ before: { paused: true } }))).toEqual([]);
  });

  it('whose `paused` is not set is not paused', () => {
    const review = reviewOf(planOf([jobChange({ before: { paused: null } })]));
    expect(review.jobs[0]?.changes).toEqual([]);
    expect(rules(jobChange({ before: { paused: null }, after: { paused: true } }))).toEqual([
      'stops job-paused',
    ]);
  });

  it('that is created paused is only a notice, and an unsupported schedule is shown unchanged', () => {
    const made = { actions: ['create'], before: null };
    expect(rules(jobChange({ ...made, after: { paused: true } }))).toEqual(['notice job-paused']);
    const other = reviewOf(
      planOf([jobChange({ ...made, after: { schedule: 'every 5 minutes' } })]),
    );
    expect(rulesOf(other)).toEqual([]);
    expect(reviewInMarkdown(other)).toContain(
      '| Schedule | `every 5 minutes`, `Australia/Sydney` (next runs unknown) |',
    );
  });

  it('fails if the import pauses it', () => {
    const change = { importing: { id: 'projects/p/locations/r/jobs/validibot-clear-sessions' } };
    expect(rules(jobChange({ after: { paused: true }, change }))).toEqual(['stops job-paused']);
  });

  it('fails in every stage if it is replaced or destroyed', () => {
    const gone = { actions: ['delete'], before: DEV, after: null };
    expect(rules(jobChange(gone))).toEqual(['stops job-destroyed']);
    expect(rules(jobChange({ actions: ['create', 'delete'], before: DEV, after: DEV }))).toEqual([
      'stops job-replaced',
    ]);
  });

  it('counts as production if either of its names does, or if none is known', () => {
    const paused = { paused: true };
    expect(rules(jobChange({ before: {}, after: { ...DEV, ...paused } }))).toEqual([
      'stops job-paused',
    ]);
    const nameless = { name: null };
    expect(rules(jobChange({ before: nameless, after: { ...nameless, ...paused } }))).toEqual([
      'stops job-paused',
    ]);
  });

  it('is found in a module, under an index, deposed, and without a mode', () => {
    const resource = {
      address: 'module.a["b"].google_cloud_scheduler_job.it[0]',
      mode: undefined,
      deposed: 'abcd1234',
    };
    const { findings } = reviewOf(
      planOf([jobChange({ actions: ['delete'], after: null, resource })]),
    );
    expect(findings[0]?.address).toBe(
      'module.a["b"].google_cloud_scheduler_job.it[0] (deposed abcd1234)',
    );
  });

  it('is not a data source of that type', () => {
    const resource = { mode: 'data' };
    expect(rules(jobChange({ actions: ['delete'], after: null, resource }))).toEqual([]);
  });

  it('fails for an unknown action, even if everything is allowed', () => {
    const plan = planOf([jobChange({ actions: ['rewire'] })]);
    expect(rulesOf(reviewOf(plan))).toEqual(['broken unknown-action']);
    expect(reviewOf(plan, { allowed: CONSENT_KINDS }).passed).toBe(false);
  });

  it('has both counts in the finding that it runs less often', () => {
    expect(messages(jobChange({ after: { schedule: '0 2 * * 0' } }))).toEqual([
      'validibot-clear-sessions runs less often: 4 instead of 28 times in the next 28 days.',
    ]);
  });
});

describe('a grant', () => {
  const TYPE = 'google_cloud_run_v2_service_iam_member';
  const GRANT = { role: 'roles/run.invoker', name: 'worker', member: 'serviceAccount:a@p' };
  const BINDING = (members: string[]) => ({ role: 'roles/run.invoker', name: 'worker', members });

  it.each([
    [['delete'], null, ['stops grant-removed']],
    [['delete', 'create'], { ...GRANT, role: 'roles/viewer' }, ['stops grant-removed']],
    [['forget'], null, ['security grant-forgotten']],
    [['no-op'], GRANT, []],
  ])('%j', (actions, after, expected) => {
    expect(rules(otherChange(TYPE, actions, GRANT, after))).toEqual(expected);
  });

  it('is shown with its member', () => {
    expect(messages(otherChange(TYPE, ['create'], null, GRANT))).toEqual([
      'Grants roles/run.invoker on worker to serviceAccount:a@p.',
    ]);
  });

  it('to several members fails if one of them loses it', () => {
    const type = 'google_cloud_run_v2_service_iam_binding';
    const change = (members: string[]): unknown =>
      otherChange(type, ['update'], BINDING(['a', 'b']), BINDING(members));
    expect(rules(change(['a', 'b', 'c']))).toEqual(['security grant-changed']);
    expect(rules(change(['b']))).toEqual(['stops grant-removed', 'security grant-changed']);
  });

  it.each(['allUsers', 'allAuthenticatedUsers'])('to %s fails in every stage', (member) => {
    const review = reviewOf(planOf([otherChange(TYPE, ['create'], null, { ...GRANT, member })]), {
      stage: 'dev',
    });
    expect(rulesOf(review)).toEqual(['stops grant-public', 'security grant-created']);
    expect(review.needed).toEqual(['public']);
  });

  it('that sets all members of a role removes everyone else', () => {
    const type = 'google_cloud_run_v2_service_iam_binding';
    expect(messages(otherChange(type, ['create'], null, BINDING(['a'])))).toEqual([
      'Makes roles/run.invoker on worker to a the only members with that role; anyone else who has it now loses it.',
      'Grants roles/run.invoker on worker to a.',
    ]);
  });

  describe('by a whole policy', () => {
    const POLICY = 'google_cloud_run_v2_service_iam_policy';
    const policy = (...members: string[]) => ({
      name: 'worker',
      policy_data: JSON.stringify({ bindings: [{ role: 'roles/run.invoker', members }] }),
    });

    it('fails if it removes a member, and says which', () => {
      const change = otherChange(POLICY, ['update'], policy('a', 'b'), policy('b', 'c'));
      expect(messages(change)).toEqual([
        'Removes roles/run.invoker to a on worker; calls that rely on it return 403.',
        'Changes a grant. Before: roles/run.invoker to a, roles/run.invoker to b on worker. After: roles/run.invoker to b, roles/run.invoker to c on worker.',
      ]);
      expect(rules(change)).toEqual(['stops grant-removed', 'security grant-changed']);
    });

    it('fails when it is created, because it removes all other grants', () => {
      const change = otherChange(POLICY, ['create'], null, policy('a'));
      expect(rules(change)).toEqual(['stops grant-removed', 'security grant-created']);
    });

    it('fails if it cannot be read', () => {
      const hidden = { name: 'worker', policy_data: 'not JSON' };
      const change = otherChange(POLICY, ['update'], policy('a'), hidden);
      expect(rules(change)).toContain('stops grant-hidden');
    });

    it('to everyone fails', () => {
      const change = otherChange(POLICY, ['update'], policy('a'), policy('a', 'allUsers'));
      expect(rules(change)).toEqual(['stops grant-public', 'security grant-changed']);
    });
  });
});

describe('the target of a job', () => {
  const target = (changes: object, token: object = {}) => ({
    http_target: [
      {
        uri: 'https://worker.example.com/clear/',
        http_method: 'POST',
        headers: {},
        ...changes,
        oidc_token: [
          {
            service_account_email: 'a@p.iam.gserviceaccount.com',
            audience: 'https://worker.example.com',
            ...token,
          },
        ],
      },
    ],
  });

  it.each([
    ['host', target({ uri: 'https://other.example.com/clear/' })],
    ['path', target({ uri: 'https://worker.example.com/other/' })],
    ['method', target({ http_method: 'GET' })],
    ['account', target({}, { service_account_email: 'b@p.iam.gserviceaccount.com' })],
    ['audience', target({}, { audience: 'https://other.example.com' })],
  ])('fails in production if the %s changes, and only informs elsewhere', (_, after) => {
    const [prod, dev] = inBoth({ after });
    expect(prod).toContain('stops job-retargeted');
    expect(dev).toContainEqual(expect.stringMatching(/^security .*-changed$/));
    const review = reviewOf(planOf([jobChange({ after })]));
    expect(review.needed).toEqual(['retarget']);
  });

  it.each([
    ['body', target({ body: 'e30=' })],
    ['header', target({ headers: { 'Content-Type': 'text/plain' } })],
  ])('fails in production if a %s changes', (_, after) => {
    expect(inBoth({ after })).toEqual([['stops job-retargeted'], []]);
  });

  it('passes if the plan only reverts drift', () => {
    const drifted = target({ uri: 'https://other.example.com/clear/' });
    const plan = planOf([jobChange({ before: drifted })], {
      resource_drift: [jobChange({ after: drifted })],
    });
    const review = reviewOf(plan);
    expect(rulesOf(review)).toContain('security uri-changed');
    expect(review.passed).toBe(true);
  });
});

it('notes a new key of a service account, which is stored in the state', () => {
  const change = otherChange('google_service_account_key', ['create'], null, {
    service_account_id: 'a@p',
  });
  expect(messages(change)).toEqual([
    "Creates a key for a@p; anyone who can read Terraform's state can act as that account.",
  ]);
});

describe('a resource that jobs need', () => {
  it('fails the review if it is removed', () => {
    expect(rules(otherChange('google_service_account', ['delete'], {}))).toEqual([
      'stops dependency-destroyed',
    ]);
    const service = { service: 'cloudscheduler.googleapis.com' };
    expect(rules(otherChange('google_project_service', ['delete'], service))).toEqual([
      'stops api-disabled',
    ]);
    const kept = { ...service, disable_on_destroy: false };
    expect(rules(otherChange('google_project_service', ['delete'], kept))).toEqual([
      'notice api-forgotten',
    ]);
  });

  it('fails the review if it is switched off, or open to anyone', () => {
    const account = ['google_service_account', 'disabled', 'dependency-disabled'] as const;
    const service = [
      'google_cloud_run_v2_service',
      'invoker_iam_disabled',
      'grant-public',
    ] as const;
    for (const [type, attribute, rule] of [account, service]) {
      const change = (before: boolean, after: boolean): unknown =>
        otherChange(type, ['update'], { [attribute]: before }, { [attribute]: after });
      expect(rules(change(false, true))).toEqual([`stops ${rule}`]);
      expect(rules(change(true, false))).toEqual([]);
    }
  });

  it('notes an alert that is removed or disabled', () => {
    const type = 'google_monitoring_alert_policy';
    expect(rules(otherChange(type, ['delete'], {}))).toEqual(['notice alert-removed']);
    expect(rules(otherChange(type, ['update'], { enabled: true }, { enabled: false }))).toEqual([
      'notice alert-disabled',
    ]);
  });

  it('notes an alert that notifies no one, or that monitors something else', () => {
    const type = 'google_monitoring_alert_policy';
    const channels = { notification_channels: ['a'] };
    const none = { notification_channels: [] };
    expect(rules(otherChange(type, ['update'], channels, none))).toEqual(['notice alert-disabled']);
    const filter = (text: string) => ({
      conditions: [{ condition_matched_log: [{ filter: text }] }],
    });
    expect(rules(otherChange(type, ['update'], filter('a'), filter('b')))).toEqual([
      'notice alert-filter-changed',
    ]);
  });
});

it('cannot rely on a plan that invokes actions', () => {
  const invocations = [{ address: 'action.aws_lambda_invoke.it' }];
  const review = reviewOf(planOf([], { action_invocations: invocations }));
  expect(rulesOf(review)).toEqual(['broken unknown-action']);
  expect(rulesOf(reviewOf(planOf([], { deferred_action_invocations: [{}] })))).toEqual([
    'broken plan-deferred',
  ]);
});

it('notes a plan that covers only part of the stack', () => {
  expect(rulesOf(reviewOf(planOf([], { complete: false })))).toEqual(['notice plan-incomplete']);
});

it('cannot rely on a plan with deferred changes', () => {
  const review = reviewOf(
    planOf([], { deferred_changes: [{ reason: 'provider_config_unknown' }] }),
  );
  expect(rulesOf(review)).toEqual(['broken plan-deferred']);
});

it('shows failed conditions', () => {
  const checks = [
    { status: 'fail', instances: [{ status: 'fail', problems: [{ message: 'No.' }] }] },
  ];
  const { findings } = reviewOf(planOf([], { checks }));
  expect(findings.map(({ message }) => plainText(message))).toEqual(['A condition failed: No.']);
});

it('rejects a plan of another stage', () => {
  const review = reviewOf(planOf([jobChange({ actions: ['no-op'] })]), { stage: 'dev' });
  expect(checkStage(review, 'dev').map(({ wrong }) => wrong)).toEqual([
    'the plan has jobs of prod',
  ]);
  expect(checkStage(review, 'prod')).toEqual([]);
  expect(checkStage(review, undefined)).toEqual([]);
});

describe('a live job that does not match the table', () => {
  const address = 'google_cloud_scheduler_job.clear-sessions';
  const mismatch = { address, job: 'a', problem: 'paused', fix: run('resume', 'a') };
  const found = (action: string, survivesUpdates: boolean): string[] => {
    const plan = planOf([jobChange({ actions: [action], after: { description: 'new' } })]);
    return rulesOf(reviewOf(plan, { mismatches: [{ ...mismatch, survivesUpdates }] }));
  };

  it.each([
    ['no-op', true, true],
    ['no-op', false, true],
    ['update', true, true],
    ['update', false, false],
    ['create', true, false],
  ])('when the plan does %s, and survives updates: %p, is told: %p', (action, survives, told) => {
    expect(found(action, survives).includes('notice job-not-fixed')).toBe(told);
  });

  it('is told with the command that fixes it', () => {
    const plan = planOf([jobChange({ actions: ['no-op'] })]);
    const review = reviewOf(plan, { mismatches: [{ ...mismatch, survivesUpdates: true }] });
    expect(reviewInMarkdown(review)).toContain(
      '- `a`: `paused`. This plan does not fix that. Fix: `resume a`',
    );
    expect(review.passed).toBe(true);
  });
});

describe('a change of all jobs at once', () => {
  const job = (task: string, after: object, actions = ['update']): unknown =>
    jobChange({
      actions,
      before: { name: `validibot-${task}-dev` },
      after: { name: `validibot-${task}-dev`, ...after },
      resource: { address: `google_cloud_scheduler_job.${task}` },
    });
  const TOKYO = { time_zone: 'Asia/Tokyo' };

  it('names the attribute, and its values where they are the same', () => {
    expect(
      messages(
        job('a', { ...TOKYO, description: 'A' }),
        job('b', { ...TOKYO, description: 'B' }),
        jobChange({ actions: ['create'], before: null, after: TOKYO }),
      ).filter((message) => message.includes(' all ')),
    ).toEqual([
      'Time zone of all 2 jobs changes from Australia/Sydney to Asia/Tokyo.',
      'Description of all 2 jobs changes.',
    ]);
    expect(rules(job('a', TOKYO), job('b', TOKYO))).toEqual(['notice all-jobs-changed']);
  });

  it.each<[string, unknown[]]>([
    ['one job', [job('a', TOKYO)]],
    ['all jobs but one', [job('a', TOKYO), job('b', TOKYO), job('c', {}, ['no-op'])]],
    ['each job in something else', [job('a', TOKYO), job('b', { description: 'B' })]],
  ])('is not said of a change of %s', (_, changes) => {
    expect(rules(...changes)).toEqual([]);
  });
});
