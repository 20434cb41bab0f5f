import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import { reviewInMarkdown } from '../../../ops/plan-review/markdown/render';
import { plainText } from '../../../ops/plan-review/phrase';
import { refusedDeletions } from '../../../ops/plan-review/protection';
import type { Review, ReviewOptions } from '../../../ops/plan-review/review';
import { jobChange, otherChange, planOf, reviewOf, rulesOf, type JobChange } from './support/plans';

const JOB = 'google_cloud_scheduler_job.clear-sessions';
const ALERT = 'google_monitoring_alert_policy.it';
const PREVENT = { deletion_policy: 'PREVENT' };
const DELETED: JobChange = { actions: ['delete'], before: PREVENT, after: null };

/** The output of a deploy, before and after the plan. */
function listing(before: readonly string[], after: readonly string[] = before): object {
  return { output_changes: { protected_resources: { actions: ['update'], before, after } } };
}

function reviewed(
  changes: readonly unknown[],
  rest: object = {},
  options: Partial<ReviewOptions> = {},
): Review {
  return reviewOf(planOf(changes, rest), { allowed: CONSENT_KINDS, ...options });
}

const messages = ({ findings }: Review): string[] =>
  findings.map(({ message }) => plainText(message));

describe('a plan that deletes what is protected', () => {
  it.each<[string, JobChange, object]>([
    ['by its policy, though it is no longer declared', DELETED, {}],
    [
      'by Terraform alone, as the last deploy listed it',
      { ...DELETED, before: {} },
      listing([JOB]),
    ],
    ['and the list with it', { ...DELETED, before: {} }, listing([JOB], [])],
    [
      'where the plan has a part of the stack only',
      { ...DELETED, before: {} },
      { prior_state: { values: { outputs: { protected_resources: { value: [JOB] } } } } },
    ],
    ['by replacing it', { actions: ['delete', 'create'], before: PREVENT }, {}],
    [
      'by replacing it before it is deleted',
      { actions: ['create', 'delete'], before: PREVENT, after: { name: 'validibot-x' } },
      {},
    ],
    [
      'at its old address',
      {
        actions: ['delete', 'create'],
        before: {},
        resource: { previous_address: 'google_cloud_scheduler_job.old' },
      },
      listing(['google_cloud_scheduler_job.old']),
    ],
  ])('never passes: %s', (_, change, rest) => {
    const review = reviewed([jobChange(change)], rest);
    expect(rulesOf(review)).toContain('protected deletion-protected');
    expect(review.passed).toBe(false);
    expect(review.needed).toBeUndefined();
  });

  it('is shown with what to do, and offers no consent', () => {
    const review = reviewed([
      jobChange(DELETED),
      otherChange('google_monitoring_alert_policy', ['delete'], PREVENT),
    ]);
    const text = reviewInMarkdown(review);
    expect(text).toContain(
      '**Protected from deletion**\n\n' +
        '- `validibot-clear-sessions` is protected from deletion, but this plan deletes it.\n' +
        `- \`${ALERT}\` is protected from deletion, but this plan deletes it.\n`,
    );
    expect(text).toContain('first keep it, with `deletionProtection: false` in stages/stages.ts;');
    expect(text).not.toContain('To accept this');
  });

  it('says how to keep a tainted job', () => {
    const tainted = jobChange({
      actions: ['delete', 'create'],
      before: PREVENT,
      resource: { action_reason: 'replace_because_tainted' },
    });
    expect(messages(reviewed([tainted]))).toContain(
      'validibot-clear-sessions is protected from deletion, but this plan replaces it: it is tainted. ' +
        `If it works, keep it with terraform untaint ${JOB}.`,
    );
  });

  it.each<[string, JobChange, object]>([
    ['is not protected', { ...DELETED, before: { deletion_policy: 'DELETE' } }, listing([])],
    ['is protected by no deploy yet', { ...DELETED, before: {} }, {}],
  ])('needs consent as usual if it %s', (_, change, rest) => {
    const plan = planOf([jobChange(change)], rest);
    expect(rulesOf(reviewOf(plan))).toEqual(['stops job-destroyed']);
    expect(reviewOf(plan, { allowed: ['destroy'] }).passed).toBe(true);
  });

  it('may stop managing it', () => {
    const forgotten = jobChange({ ...DELETED, actions: ['forget'] });
    expect(rulesOf(reviewed([forgotten]))).toEqual(['notice job-forgotten']);
  });
});

// As terraform 1.11.4 prints it, at its width.
const REFUSED = `
Error: Instance cannot be destroyed

  on cdk.tf.json line 1, in resource.google_cloud_scheduler_job:
   1: {"//": {}}

Resource google_cloud_scheduler_job.clear-sessions has
lifecycle.prevent_destroy set, but the plan calls for this resource to be
destroyed. To avoid this error and continue with the plan, either disable
lifecycle.prevent_destroy or reduce the scope of the plan using the -target
option.
`;

describe('a plan that terraform refused', () => {
  it.each([
    ['as it is', REFUSED],
    ['in a box', REFUSED.replace(/^/gm, '\u2502 ')],
    ['twice', `${REFUSED}${REFUSED}`],
  ])('names the resource, read %s', (_, failure) => {
    expect(refusedDeletions(failure)).toEqual([JOB]);
  });

  it('is named by its own finding, and not as a broken plan', () => {
    const change = jobChange({ actions: ['delete', 'create'], before: {} });
    const review = reviewed([change], { errored: true }, { failure: REFUSED });
    expect(rulesOf(review)).toEqual(['protected deletion-protected', 'stops job-replaced']);
  });

  it('is still a broken plan if something else failed too', () => {
    const change = jobChange({ actions: ['delete', 'create'], before: {} });
    const failure = `${REFUSED}\nError: no worker\n`;
    expect(rulesOf(reviewed([change], { errored: true }, { failure }))).toEqual([
      'broken plan-errored',
      'protected deletion-protected',
      'stops job-replaced',
    ]);
  });
});

describe('a plan that ends a protection', () => {
  const ended = [`notice protection-ended`];

  it('says so, of all resources at once', () => {
    const review = reviewed(
      [
        jobChange({ actions: ['no-op'] }),
        otherChange('google_monitoring_alert_policy', ['update'], PREVENT, {
          deletion_policy: 'DELETE',
        }),
      ],
      listing([JOB, ALERT], []),
    );
    expect(rulesOf(review)).toEqual(ended);
    expect(messages(review)).toEqual([
      `No longer protected from deletion after this deploy: ${JOB}, ${ALERT}.`,
    ]);
    expect(review.passed).toBe(true);
  });

  it('shows the policy before and after', () => {
    const change = jobChange({ before: PREVENT, after: { deletion_policy: 'DELETE' } });
    const review = reviewed([change]);
    expect(rulesOf(review)).toEqual(ended);
    expect(reviewInMarkdown(review)).toMatch(/\| Deletion policy +\| `PREVENT` +\| `DELETE` +\|/);
  });

  it('says nothing while either protection lasts', () => {
    const change = jobChange({ before: PREVENT, after: PREVENT });
    expect(rulesOf(reviewed([change], listing([JOB])))).toEqual([]);
  });
});

it('shows the policy of a new job if it is known', () => {
  const created = (after: object, unknown = {}) =>
    reviewInMarkdown(
      reviewed([
        jobChange({
          actions: ['create'],
          before: null,
          after: { ...after },
          change: { after_unknown: unknown },
        }),
      ]),
    );
  expect(created(PREVENT)).toMatch(/\| Deletion policy +\| `PREVENT` +\|/);
  expect(created({}, { deletion_policy: true })).not.toContain('Deletion policy');
});

it('counts no policy that the provider fills in as drift', () => {
  const drift = [
    jobChange({ before: {}, after: { deletion_policy: 'DELETE' } }),
    otherChange('google_logging_metric', ['update'], {}, { deletion_policy: 'DELETE' }),
  ];
  expect(reviewed([], { resource_drift: drift }).drift).toEqual([]);
});
