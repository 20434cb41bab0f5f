import { originOf } from '../../../constructs/core/uri';
import type { JobReview } from '../job/job';
import { phrase, unquoted } from '../phrase';
import { known } from '../plan/values';
import { describeValue, finding, type Finding } from './finding';

/**
 * Changes of the URL, the method, the account, the audience, the body or a header. A wrong one stops a
 * job just as a pause does, so they fail the review in production, unless the plan only reverts drift.
 */
export function targetFindings(job: JobReview, reverted: readonly string[]): Finding[] {
  return job.changes
    .filter(
      ({ security, id, path }) =>
        security || (job.production && isContent(id) && !reverted.includes(path)),
    )
    .map(({ path, id, label, before, after }) => {
      const sides = phrase`from ${describeValue(before)} to ${describeValue(after)}`;
      const message = phrase`${unquoted(label)} of ${job.name} changes ${sides}.`;
      return job.production && !reverted.includes(path)
        ? finding(job, 'stops', 'job-retargeted', message)
        : finding(job, 'security', `${id.replaceAll('_', '-')}-changed`, message);
    });
}

/** A worker may take no body, or no body of a type: Django REST Framework returns 415. */
function isContent(id: string): boolean {
  return id === 'body' || id.startsWith('headers.');
}

/** The worker compares the audience with its own origin, as Cloud Run does unless configured otherwise. */
export function audienceFindings(job: JobReview): Finding[] {
  const isChanged = job.changes.some(({ id }) => id === 'uri' || id === 'audience');
  if (job.after === undefined || (job.before !== undefined && !isChanged)) return [];
  const uri = known(job.after.values, 'http_target.0.uri');
  const audience = known(job.after.values, 'http_target.0.oidc_token.0.audience');
  if (uri === undefined || audience === undefined || originOf(uri) === audience) return [];
  const message = phrase`The audience of ${job.name}, ${audience}, is not the origin of its URI; a worker that checks it returns 401.`;
  return [finding(job, 'security', 'audience-mismatch', message)];
}
