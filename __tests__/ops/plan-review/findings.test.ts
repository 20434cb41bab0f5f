import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
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

/** The same change to a job of production and to one of dev. */
function inBoth({ before, after, ...rest }: JobChange): string[][] {
  return [{}, DEV].map((name) =>
    rules(jobChange({ before: { ...before, ...name }, after: { ...after, ...name }, ...rest })),
  );
}

describe('what stops a job fails in production and is a notice elsewhere', () => {
  it.each<[string, JobChange, string]>([
    ['a pause', { after: { paused: true } }, 'job-paused'],
    ['a schedule that never comes', { after: { schedule: '0 0 31 2 *' } }, 'job-no-upcoming-runs'],
    ['a schedule that is refused', { after: { schedule: '60 * * * *' } }, 'job-no-upcoming-runs'],
    ['a zone that is refused', { after: { time_zone: 'Nowhere/At_All' } }, 'job-no-upcoming-runs'],
    [
      'a pause that only the apply tells',
      { change: { after_unknown: { paused: true } } },
      'job-schedule-hidden',
    ],
    [
      'a schedule that is sensitive',
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
    // The same values are the same where nothing was redacted.
    expect(rulesOf(reviewOf(planOf([change])))).toEqual([]);
  });

  it('a token that is taken away', () => {
    const after = { http_target: [{ uri: 'https://worker.example.com/clear/' }] };
    const [prod, dev] = inBoth({ after });
    expect(prod).toContain('stops job-without-token');
    expect(dev).toContain('notice job-without-token');
  });

  it('an endpoint that is taken away', () => {
    const [prod] = inBoth({ after: { http_target: [], pubsub_target: [{ topic_name: 't' }] } });
    expect(prod).toContain('stops job-without-token');
    expect(prod).toContain('security pubsub-target.0.topic-name-changed');
  });
});

describe('a job', () => {
  it('that stays paused is no news', () => {
    expect(rules(jobChange({ before: { paused: true }, after: { paused: true } }))).toEqual([]);
  });

  it('that is resumed is no finding', () => {
    expect(rules(jobChange({ before: { paused: true } }))).toEqual([]);
  });

  it('whose pause nobody states is not paused', () => {
    const review = reviewOf(planOf([jobChange({ before: { paused: null } })]));
    expect(review.jobs[0]?.changes).toEqual([]);
    expect(rules(jobChange({ before: { paused: null }, after: { paused: true } }))).toEqual([
      'stops job-paused',
    ]);
  });

  it('that is made paused, or never to run, stops nothing that ran', () => {
    const made = { actions: ['create'], before: null };
    expect(rules(jobChange({ ...made, after: { paused: true } }))).toEqual(['notice job-paused']);
    expect(rules(jobChange({ ...made, after: { schedule: '0 0 31 2 *' } }))).toEqual([
      'notice job-never-runs',
    ]);
  });

  it('that is imported and paused by it stops', () => {
    const change = { importing: { id: 'projects/p/locations/r/jobs/validibot-clear-sessions' } };
    expect(rules(jobChange({ after: { paused: true }, change }))).toEqual(['stops job-paused']);
  });

  it('fails for being replaced or destroyed in every stage', () => {
    const gone = { actions: ['delete'], before: DEV, after: null };
    expect(rules(jobChange(gone))).toEqual(['stops job-destroyed']);
    expect(rules(jobChange({ actions: ['create', 'delete'], before: DEV, after: DEV }))).toEqual([
      'stops job-replaced',
    ]);
  });

  it('counts as production when either of its names does, or none is known', () => {
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

  it('is not meant when data of that type is read no more', () => {
    const resource = { mode: 'data' };
    expect(rules(jobChange({ actions: ['delete'], after: null, resource }))).toEqual([]);
  });

  it('that something unknown is done to cannot pass, even when destroying is allowed', () => {
    const plan = planOf([jobChange({ actions: ['rewire'] })]);
    expect(rulesOf(reviewOf(plan))).toEqual(['broken unknown-action']);
    expect(reviewOf(plan, { allowed: CONSENT_KINDS }).passed).toBe(false);
  });

  it('is told to run less often with both counts', () => {
    expect(messages(jobChange({ after: { schedule: '0 2 * * 0' } }))).toEqual([
      'validibot-clear-sessions runs less often: 4 instead of 28 times in the next 28 days.',
    ]);
  });
});

describe('a grant', () => {
  const TYPE = 'google_cloud_run_v2_service_iam_member';
  const GRANT = { role: 'roles/run.invoker', name: 'worker', member: 'serviceAccount:a@p' };

  it.each([
    [['delete'], null, ['stops grant-removed']],
    [['delete', 'create'], { ...GRANT, member: 'allUsers' }, ['stops grant-removed']],
    [['forget'], null, ['security grant-forgotten']],
    [['no-op'], GRANT, []],
  ])('%j', (actions, after, expected) => {
    expect(rules(otherChange(TYPE, actions, GRANT, after))).toEqual(expected);
  });

  it('says whom it is given to', () => {
    expect(messages(otherChange(TYPE, ['create'], null, { ...GRANT, member: 'allUsers' }))).toEqual(
      ['Grants roles/run.invoker on worker to allUsers.'],
    );
  });

  it('to several fails when one of them loses it', () => {
    const type = 'google_cloud_run_v2_service_iam_binding';
    const change = (members: string[]): unknown =>
      otherChange(type, ['update'], { ...GRANT, member: null, members: ['a', 'b'] }, { members });
    expect(rules(change(['a', 'b', 'c']))).toEqual(['security grant-changed']);
    expect(rules(change(['b']))).toEqual(['stops grant-removed', 'security grant-changed']);
  });
});

describe('what jobs need', () => {
  it('fails the review when it goes', () => {
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

  it('notes an alert that is removed or turned off', () => {
    const type = 'google_monitoring_alert_policy';
    expect(rules(otherChange(type, ['delete'], {}))).toEqual(['notice alert-removed']);
    expect(rules(otherChange(type, ['update'], { enabled: true }, { enabled: false }))).toEqual([
      'notice alert-disabled',
    ]);
  });
});

it('cannot rely on a plan that Terraform put parts of off', () => {
  const review = reviewOf(
    planOf([], { deferred_changes: [{ reason: 'provider_config_unknown' }] }),
  );
  expect(rulesOf(review)).toEqual(['broken plan-deferred']);
});

it('shows the conditions that failed', () => {
  const checks = [
    { status: 'fail', instances: [{ status: 'fail', problems: [{ message: 'No.' }] }] },
  ];
  const { findings } = reviewOf(planOf([], { checks }));
  expect(findings.map(({ message }) => plainText(message))).toEqual(['A condition failed: No.']);
});

it('refuses a plan of another stage than it is said to be of', () => {
  const review = reviewOf(planOf([jobChange({ actions: ['no-op'] })]), { stage: 'dev' });
  expect(checkStage(review, 'dev').map(({ wrong }) => wrong)).toEqual([
    'the plan has jobs of prod',
  ]);
  expect(checkStage(review, 'prod')).toEqual([]);
  expect(checkStage(review, undefined)).toEqual([]);
});
