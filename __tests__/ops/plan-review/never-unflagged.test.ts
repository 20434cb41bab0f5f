import fc from 'fast-check';
import { reviewInMarkdown } from '../../../ops/plan-review/markdown/render';
import type { JobReview } from '../../../ops/plan-review/job/job';
import { jobChange, planOf, reviewOf } from './support/plans';

const text = fc.oneof(fc.string(), fc.constantFrom('validibot-clear-sessions-dev', '', '`|<b>@x'));

const attributes = fc.record(
  {
    name: fc.oneof(text, fc.constant(null), fc.integer()),
    schedule: fc.oneof(text, fc.constantFrom('0 2 * * *', '*/5 * * * *', '0 0 31 2 *')),
    time_zone: fc.oneof(text, fc.constantFrom('Australia/Sydney', 'Etc/UTC')),
    paused: fc.oneof(fc.boolean(), fc.constant(null)),
    description: text,
    http_target: fc.oneof(
      fc.constant([]),
      fc.array(fc.record({ uri: text, headers: fc.dictionary(text, text) }), { maxLength: 2 }),
    ),
  },
  { requiredKeys: [] },
);

const side = fc.oneof(fc.constant(null), attributes);

/** Terraform's marks for unknown or sensitive values, of any shape. */
const marks = fc.oneof(fc.boolean(), fc.dictionary(fc.string(), fc.boolean()), fc.constant(null));

function change(actions: fc.Arbitrary<string[]>): fc.Arbitrary<unknown> {
  return fc.record(
    {
      actions,
      before: side,
      after: side,
      after_unknown: marks,
      before_sensitive: marks,
      after_sensitive: marks,
      importing: fc.oneof(fc.constant(null), fc.record({ id: text })),
      replace_paths: fc.array(fc.array(fc.oneof(fc.string(), fc.nat()))),
    },
    { requiredKeys: ['actions'] },
  );
}

function resource(
  type: fc.Arbitrary<string>,
  actions: fc.Arbitrary<string[]>,
): fc.Arbitrary<{ address: string }> {
  return fc.record(
    {
      address: text,
      type,
      change: change(actions),
      mode: fc.constant('managed'),
      previous_address: text,
      deposed: fc.string(),
      action_reason: text,
    },
    { requiredKeys: ['address', 'type', 'change'] },
  );
}

const anyActions: fc.Arbitrary<string[]> = fc.oneof(
  fc.constantFrom('no-op', 'create', 'read', 'update', 'delete', 'forget').map((one) => [one]),
  fc.array(fc.constantFrom('create', 'delete', 'update', 'forget', 'no-op', 'invented')),
);

const anyResource = resource(
  fc.constantFrom(
    'google_cloud_scheduler_job',
    'google_project_service',
    'google_cloud_run_v2_service_iam_member',
    'google_monitoring_alert_policy',
    'terraform_data',
  ),
  anyActions,
);

/** Every combination with delete, including those of future Terraform versions. */
const deletes = fc
  .tuple(
    fc.array(fc.constantFrom('create', 'update', 'invented'), { maxLength: 2 }),
    fc.array(fc.constantFrom('create', 'update', 'invented'), { maxLength: 2 }),
  )
  .map(([before, after]) => [...before, 'delete', ...after]);

const anyPlan = fc.record({
  before: fc.array(anyResource, { maxLength: 4 }),
  after: fc.array(anyResource, { maxLength: 4 }),
  rest: fc.record(
    {
      resource_drift: fc.array(anyResource, { maxLength: 3 }),
      errored: fc.boolean(),
      output_changes: fc.dictionary(text, fc.record({ actions: anyActions })),
    },
    { requiredKeys: [] },
  ),
});

const fatal = resource(fc.constant('google_cloud_scheduler_job'), deletes);

describe('whatever else is in a plan', () => {
  it('never lets a destroyed or replaced job pass unflagged', () => {
    fc.assert(
      fc.property(anyPlan, fatal, (plan, job) => {
        const review = reviewOf(planOf([...plan.before, job, ...plan.after], plan.rest));
        const flagged = review.findings.filter(({ severity, rule, address }) => {
          const destroys = rule === 'job-destroyed' || rule === 'job-replaced';
          return severity === 'stops' && destroys && address?.startsWith(job.address) === true;
        });
        expect(flagged.length).toBeGreaterThan(0);
        expect(review.passed).toBe(false);
        expect(review.jobs.some(isRemoved)).toBe(true);
        expect(reviewInMarkdown(review)).toMatch(/: fails review\n[^]*\*\*Needs consent\*\*\n\n- /);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws an error', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const review = reviewOf(planOf([...plan.before, ...plan.after], plan.rest));
        expect(reviewInMarkdown(review)).toMatch(/^### /);
      }),
      { numRuns: 300 },
    );
  });

  it('flags every destroyed job if there are several', () => {
    fc.assert(
      fc.property(fc.array(fatal, { minLength: 1, maxLength: 6 }), (jobs) => {
        const { findings } = reviewOf(planOf(jobs));
        expect(findings.filter(({ rule }) => /^job-(destroyed|replaced)$/.test(rule))).toHaveLength(
          jobs.length,
        );
      }),
    );
  });
});

it('flags every production job that is paused, whatever else changes', () => {
  fc.assert(
    fc.property(attributes, (others) => {
      const name = 'validibot-clear-sessions';
      const plan = planOf([
        jobChange({
          before: { ...others, name, paused: false },
          after: { ...others, name, paused: true },
        }),
      ]);
      const review = reviewOf(plan);
      expect(review.findings.map(({ rule }) => rule)).toContain('job-paused');
      expect(review.passed).toBe(false);
    }),
  );
});

function isRemoved({ action }: JobReview): boolean {
  return action === 'destroyed' || action === 'replaced';
}
