import type { Fix } from '../../fixes/fix';
import { renderFix } from '../../fixes/render';
import type { JobReview } from '../job/job';
import { phrase } from '../phrase';
import { finding, type Finding } from './finding';

/** A live job that does not match the table. */
export interface Mismatch {
  /** The job, as Terraform addresses it. */
  readonly address: string;
  /** Its name in Google Cloud. */
  readonly job: string;
  /** `uri is … instead of …` */
  readonly problem: string;
  readonly fix: Fix;
  /** Whether the job keeps it even when Terraform updates the job for another reason. */
  readonly survivesUpdates: boolean;
}

/** The mismatches that are still there after the plan is applied. */
export function liveFindings(
  mismatches: readonly Mismatch[],
  jobs: readonly JobReview[],
): Finding[] {
  const actions = new Map(jobs.map(({ address, action }) => [address, action]));
  return mismatches
    .filter(({ address, survivesUpdates }) => {
      const action = actions.get(address);
      return action === 'unchanged' || (action === 'changed' && survivesUpdates);
    })
    .map((mismatch) => {
      const { job, problem, fix } = mismatch;
      const message = phrase`${job}: ${problem}. This plan does not fix that. Fix: ${renderFix(fix)}`;
      return finding(mismatch, 'notice', 'job-not-fixed', message);
    });
}
