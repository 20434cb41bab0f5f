import type { JobReview } from '../job/job';
import { phrase } from '../phrase';
import { known } from '../plan/values';
import { finding, type Finding } from './finding';

/** Renaming a task in the table destroys its job at one address and creates it at another. */
export function renameFindings(jobs: readonly JobReview[]): Finding[] {
  const destroyed = jobs.filter((job) => job.action === 'destroyed');
  return jobs
    .filter((job) => job.action === 'created')
    .flatMap((job) => {
      const old = destroyed.find((candidate) => isAlike(candidate, job));
      if (old === undefined) return [];
      const message = phrase`${job.name} looks like ${old.name} renamed. Its history stays with the old job, and a run due in between is lost.`;
      return [finding(job, 'notice', 'job-renamed', message)];
    });
}

function isAlike({ before }: JobReview, { after }: JobReview): boolean {
  return ['description', 'http_target.0.uri'].some((path) => {
    const value = before && known(before.values, path);
    return value !== undefined && after !== undefined && known(after.values, path) === value;
  });
}
