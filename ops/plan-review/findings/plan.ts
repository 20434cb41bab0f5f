import { phrase, words } from '../phrase';
import type { Plan } from '../plan/schema';
import type { Finding } from './finding';

/** What to say of the plan as a whole. */
export function planFindings(plan: Plan): Finding[] {
  const found: Finding[] = [];
  if (plan.errored === true) {
    const message = words(
      'Terraform could not finish this plan, and says why in its log: what follows is a part of it.',
    );
    found.push({ severity: 'broken', rule: 'plan-errored', address: undefined, message });
  }
  const deferred = plan.deferred_changes?.length ?? 0;
  if (deferred > 0) {
    const message = words(`Terraform put off ${deferred} changes, which this plan does not show.`);
    found.push({ severity: 'broken', rule: 'plan-deferred', address: undefined, message });
  }
  return [...found, ...checkFindings(plan)];
}

/** Conditions that failed; those of a resource fail the plan, those of a `check` block warn. */
function checkFindings({ checks, errored }: Plan): Finding[] {
  const severity = errored === true ? 'broken' : 'notice';
  return (checks ?? [])
    .flatMap((check) => check.instances ?? [])
    .flatMap((instance) => instance.problems ?? [])
    .map(({ message }) => {
      const told = phrase`A condition failed: ${message}`;
      return { severity, rule: 'check-failed', address: undefined, message: told };
    });
}
