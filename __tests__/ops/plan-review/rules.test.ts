import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import type { Review } from '../../../ops/plan-review/review';
import { beyondDeletion, beyondImport } from '../../../ops/plan-review/rules';
import { realPlan, reviewOf } from './support/plans';

function addressesOf({ changes }: Review): string[] {
  return changes.map(({ address }) => address);
}

const JOB = 'google_cloud_scheduler_job';

describe('a deletion', () => {
  const review = reviewOf(realPlan('destroy-all'), { allowed: CONSENT_KINDS });
  const all = addressesOf(review);

  it('may be exactly what is expected', () => {
    expect(all.length).toBeGreaterThan(3);
    expect(beyondDeletion(review, all)).toEqual([]);
  });

  it('may not delete one resource more or less', () => {
    const [first = '', ...rest] = all;
    expect(beyondDeletion(review, rest)).toEqual([`${first} would also be destroyed`]);
    expect(beyondDeletion(review, [...all, `${JOB}.other`])).toEqual([
      `${JOB}.other would not be destroyed`,
    ]);
  });

  it.each([
    ['update', 'changed'],
    ['create', 'created'],
    ['replace', 'replaced'],
    ['forget', 'forgotten'],
  ])('may not be the plan %s, in which something is %s', (name, action) => {
    const other = reviewOf(realPlan(name), { allowed: CONSENT_KINDS });
    const lines = beyondDeletion(other, addressesOf(other));
    expect(lines).toContainEqual(expect.stringMatching(`would be ${action}$`));
  });

  it('may not be an incomplete plan', () => {
    const plan = { ...realPlan('destroy-all'), errored: true };
    const broken = reviewOf(plan, { allowed: CONSENT_KINDS });
    expect(beyondDeletion(broken, all)).toEqual([
      'Terraform could not finish this plan, so the review is incomplete; see its log.',
    ]);
  });
});

describe('an import', () => {
  const review = reviewOf(realPlan('import'));
  const imported = review.changes.filter((change) => change.imported).map(({ address }) => address);

  it('may import exactly what is expected, and change it', () => {
    expect(imported.length).toBeGreaterThan(1);
    expect(beyondImport(review, imported)).toEqual([]);
  });

  it('may not import one resource more or less', () => {
    const [first = '', ...rest] = imported;
    expect(beyondImport(review, rest)).toEqual([`${first} would also be imported`]);
    expect(beyondImport(review, [...imported, `${JOB}.other`])).toEqual([
      `${JOB}.other would not be imported`,
    ]);
  });

  it.each([
    ['destroy', 'destroyed'],
    ['replace', 'replaced'],
    ['forget', 'forgotten'],
  ])('may not be the plan %s, in which something is %s', (name, action) => {
    const lines = beyondImport(reviewOf(realPlan(name)), []);
    expect(lines).toContainEqual(expect.stringMatching(`would be ${action}$`));
  });
});
