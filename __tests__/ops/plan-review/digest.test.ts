import { differencesFrom, digestInText, digestOf, isDigest } from '../../../ops/plan-review/digest';
import type { Plan } from '../../../ops/plan-review/plan/schema';
import { jobChange, otherChange, planNames, planOf, realPlan } from './support/plans';

const total = (plan: Plan) => digestOf(plan).total;
const POLICY = 'google_monitoring_alert_policy';

const target = (headers: object) => ({ http_target: [{ headers }] });
const base = planOf([jobChange({ after: { schedule: '0 3 * * *' } })]);

describe('the digest of a plan', () => {
  it.each<[string, Plan, Plan]>([
    ['a value after', base, planOf([jobChange({ after: { schedule: '0 4 * * *' } })])],
    [
      'a value before, which someone changed meanwhile',
      base,
      planOf([jobChange({ before: { schedule: '1 1 * * *' }, after: { schedule: '0 3 * * *' } })]),
    ],
    [
      'an action',
      planOf([jobChange({ actions: ['delete'], after: null })]),
      planOf([jobChange({ actions: ['forget'], after: null })]),
    ],
    [
      'one more change',
      base,
      planOf([...(base.resource_changes ?? []), otherChange(POLICY, ['delete'], {})]),
    ],
    [
      'what is imported',
      planOf([jobChange({ actions: ['no-op'], change: { importing: { id: 'a' } } })]),
      planOf([jobChange({ actions: ['no-op'], change: { importing: { id: 'b' } } })]),
    ],
    [
      'where it is moved from',
      planOf([jobChange({ actions: ['no-op'], resource: { previous_address: 'a' } })]),
      planOf([jobChange({ actions: ['no-op'], resource: { previous_address: 'b' } })]),
    ],
    [
      'whether a value is known',
      base,
      planOf([
        jobChange({ after: { schedule: null }, change: { after_unknown: { schedule: true } } }),
      ]),
    ],
    [
      'a header',
      planOf([jobChange({ after: target({ 'X-A': '1' }) })]),
      planOf([jobChange({ after: target({ 'X-A': '2' }) })]),
    ],
    [
      "another resource's value",
      planOf([otherChange(POLICY, ['update'], { a: 1 }, { a: 2 })]),
      planOf([otherChange(POLICY, ['update'], { a: 1 }, { a: 3 })]),
    ],
    [
      'an output',
      planOf([], { output_changes: { a: { actions: ['create'] } } }),
      planOf([], { output_changes: { b: { actions: ['create'] } } }),
    ],
  ])('depends on %s', (_, one, other) => {
    expect(total(one)).not.toBe(total(other));
  });

  it.each<[string, Plan, Plan]>([
    [
      'the order of resources',
      planOf([jobChange({}), otherChange(POLICY, ['delete'], {})]),
      planOf([otherChange(POLICY, ['delete'], {}), jobChange({})]),
    ],
    [
      'what does not change',
      base,
      planOf([
        ...(base.resource_changes ?? []),
        otherChange(POLICY, ['no-op'], { a: 1 }, { a: 1 }),
      ]),
    ],
    [
      'a bearer token that the API adds',
      planOf([jobChange({ after: { ...target({ Authorization: 'Bearer one' }) } })]),
      planOf([jobChange({ after: { ...target({ Authorization: 'Bearer two' }) } })]),
    ],
    [
      'an etag',
      planOf([
        otherChange('google_cloud_run_v2_service_iam_member', ['delete'], { etag: 'a', role: 'r' }),
      ]),
      planOf([
        otherChange('google_cloud_run_v2_service_iam_member', ['delete'], { etag: 'b', role: 'r' }),
      ]),
    ],
    [
      'a value that is marked as sensitive',
      planOf([
        jobChange({
          after: { description: 'one' },
          change: { after_sensitive: { description: true } },
        }),
      ]),
      planOf([
        jobChange({
          after: { description: 'two' },
          change: { after_sensitive: { description: true } },
        }),
      ]),
    ],
  ])('does not depend on %s', (_, one, other) => {
    expect(total(one)).toBe(total(other));
  });

  it.each(planNames())('of the real plan %s is what a review passes on', (name) => {
    const digest = digestOf(realPlan(name));
    const text = digestInText(digest);
    expect(isDigest(text)).toBe(true);
    expect(differencesFrom(text, digestOf(realPlan(name)))).toEqual([]);
    expect(differencesFrom(digest.total, digest)).toEqual([]);
  });
});

it('says which changes differ, without the other plan', () => {
  const reviewed = digestOf(
    planOf([
      jobChange({ after: { schedule: '0 3 * * *' }, resource: { address: 'job.a' } }),
      jobChange({ after: { schedule: '0 3 * * *' }, resource: { address: 'job.b' } }),
      jobChange({ after: { schedule: '0 3 * * *' }, resource: { address: 'job.c' } }),
    ]),
  );
  const now = digestOf(
    planOf([
      jobChange({ after: { schedule: '0 3 * * *' }, resource: { address: 'job.a' } }),
      jobChange({ after: { schedule: '0 9 * * *' }, resource: { address: 'job.b' } }),
      jobChange({ actions: ['delete'], after: null, resource: { address: 'job.d' } }),
    ]),
  );
  expect(differencesFrom(digestInText(reviewed), now)).toEqual([
    'job.b was to be changed in another way',
    'job.d was not to be changed',
    '1 reviewed change is no longer planned',
  ]);
  expect(differencesFrom(reviewed.total, now)).toEqual([
    `its digest is ${now.total} instead of ${reviewed.total}`,
  ]);
});

it.each(['', 'abc', '3F8A1C22B0DE', '3f8a1c22b0de:1', '3f8a1c22b0de\n', '3f8a1c22b0de; rm -rf /'])(
  'takes %j for no digest',
  (text) => {
    expect(isDigest(text)).toBe(false);
  },
);
