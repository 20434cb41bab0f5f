import type { AttributeChange } from '../job/changes';
import type { JobReview } from '../job/job';
import { phrase, unquoted } from '../phrase';
import { describeValue, finding, type Finding } from './finding';

/**
 * The attributes that change in every job that the plan keeps: more often a setting of the shell, such as
 * GCP_SCHEDULER_TIMEZONE, than what someone meant. A takeover of existing jobs does that as a rule.
 */
export function allJobsFindings(jobs: readonly JobReview[]): Finding[] {
  const kept = jobs.filter(
    (job) => !job.imported && job.before !== undefined && job.after !== undefined,
  );
  const [first, ...rest] = kept;
  if (first === undefined || rest.length === 0) return [];
  return first.changes.flatMap((change) => {
    const others = rest.map(({ changes }) => changes.find(({ path }) => path === change.path));
    if (others.includes(undefined)) return [];
    const how = others.every((other) => other !== undefined && isSame(other, change))
      ? phrase` from ${describeValue(change.before)} to ${describeValue(change.after)}`
      : unquoted('');
    const message = phrase`${unquoted(change.label)} of all ${unquoted(String(kept.length))} jobs changes${how}.`;
    return [finding({ address: undefined }, 'notice', 'all-jobs-changed', message)];
  });
}

function isSame(one: AttributeChange, other: AttributeChange): boolean {
  const sides = ({ before, after }: AttributeChange) => JSON.stringify([before, after]);
  return sides(one) === sides(other);
}
