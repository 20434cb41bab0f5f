/**
 * Writes the review of each plan in this folder next to it: `npm run review:plans -- reviews`, and
 * after the plans are regenerated. Read the diff: the tests expect these files.
 */
import fs from 'node:fs';
import { reviewInMarkdown } from '../../../../ops/plan-review/markdown/render';
import { planNames, planFile, realPlan, reviewOf } from '../support/plans';

export function writeReviews(): void {
  for (const name of planNames()) {
    const file = planFile(name).replace(/json$/, 'md');
    fs.writeFileSync(file, `${reviewInMarkdown(reviewOf(realPlan(name)))}\n`);
  }
}
