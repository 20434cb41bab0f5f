import { describeReason } from '../actions';
import { JOB_TYPE } from '../job/job';
import { phrase, unquoted, type Phrase } from '../phrase';
import { protectionsIn } from '../protection';
import type { Plan, ResourceChange } from '../plan/schema';
import { known, valuesBefore } from '../plan/values';
import { finding, type Finding } from './finding';

/**
 * What the plan does with resources that are protected from deletion.
 *
 * @param failure - the errors that terraform printed
 */
export function protectionFindings(plan: Plan, failure?: string): Finding[] {
  const protections = protectionsIn(plan, failure);
  const violated = protections
    .filter(({ isViolated }) => isViolated)
    .map(({ resource }) =>
      finding(resource, 'protected', 'deletion-protected', describeViolation(resource)),
    );
  const ended = protections
    .filter(({ isEnded }) => isEnded)
    .map(({ resource }) => resource.address);
  if (ended.length === 0) return violated;
  const message = phrase`No longer protected from deletion after this deploy: ${ended.join(', ')}.`;
  const place = { address: ended.length === 1 ? ended[0] : undefined };
  return [...violated, finding(place, 'notice', 'protection-ended', message)];
}

function describeViolation(resource: ResourceChange): Phrase {
  const { address, type, action_reason: cause, change } = resource;
  const name = (type === JOB_TYPE ? known(valuesBefore(resource), 'name') : undefined) ?? address;
  const isReplaced = change.actions.includes('create');
  const reason = describeReason(cause);
  const why = unquoted(reason === undefined ? '' : `: ${reason}`);
  const keep =
    cause === 'replace_because_tainted'
      ? phrase` If it works, keep it with terraform untaint ${address}.`
      : [];
  const deletes = unquoted(isReplaced ? 'replaces' : 'deletes');
  return phrase`${name} is protected from deletion, but this plan ${deletes} it${why}.${keep}`;
}
