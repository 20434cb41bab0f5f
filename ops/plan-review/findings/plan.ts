import { stripVTControlCharacters } from 'node:util';
import { phrase, unquoted } from '../phrase';
import type { Plan } from '../plan/schema';
import { refusedDeletions } from '../protection';
import { finding, type Finding } from './finding';

const PLAN = { address: undefined };

/**
 * Findings about the plan as a whole.
 *
 * @param failure - why it cannot be applied, as terraform or HCP Terraform reports it
 */
export function planFindings(plan: Plan, failure?: string): Finding[] {
  const found: Finding[] = [];
  const cause = failure === undefined ? [] : causesIn(failure);
  const rest = cause.length === 0 ? unquoted('; see its log.') : phrase`: ${cause.join(' ')}`;
  if (plan.errored === true && !isOnlyRefusedDeletion(failure, cause)) {
    const message = phrase`Terraform could not finish this plan, so the review is incomplete${rest}`;
    found.push(finding(PLAN, 'broken', 'plan-errored', message));
  } else if (failure !== undefined && plan.errored !== true) {
    found.push(finding(PLAN, 'broken', 'plan-refused', phrase`This plan cannot be applied${rest}`));
  }
  const deferred =
    (plan.deferred_changes?.length ?? 0) + (plan.deferred_action_invocations?.length ?? 0);
  if (deferred > 0) {
    const message = unquoted(
      `Terraform deferred ${deferred} changes; this plan does not show them.`,
    );
    found.push(finding(PLAN, 'broken', 'plan-deferred', message));
  } else if (plan.complete === false && plan.errored !== true) {
    const message = unquoted('This plan covers only part of the stack, as with -target.');
    found.push(finding(PLAN, 'notice', 'plan-incomplete', message));
  }
  for (const { address = 'an action' } of plan.action_invocations ?? []) {
    const message = phrase`The plan invokes ${address}; this review does not know what that does.`;
    found.push(finding({ address }, 'broken', 'unknown-action', message));
  }
  return [...found, ...checkFindings(plan)];
}

/** Whether the plan failed only because it deletes what is protected; that has a finding of its own. */
function isOnlyRefusedDeletion(failure: string | undefined, causes: readonly string[]): boolean {
  const refused = failure === undefined ? [] : refusedDeletions(failure);
  return refused.length > 0 && causes.every((cause) => cause === 'Instance cannot be destroyed');
}

/** The errors that terraform printed, without their details; if there are none, its first line. */
function causesIn(colored: string): string[] {
  const failure = stripVTControlCharacters(colored);
  const errors = [...failure.matchAll(/^[\u2502\u2577\s]*Error: (.+)$/gm)].map(
    ([, text]) => text?.trim() ?? '',
  );
  if (errors.length > 0) return [...new Set(errors)].slice(0, 3);
  const first = failure.split('\n').find((line) => line.trim() !== '');
  return first === undefined ? [] : [first.trim()];
}

/** Failed conditions: those of a resource fail the plan, those of a `check` block are warnings. */
function checkFindings({ checks, errored }: Plan): Finding[] {
  const severity = errored === true ? 'broken' : 'notice';
  return (checks ?? [])
    .flatMap((check) => check.instances ?? [])
    .flatMap((instance) => instance.problems ?? [])
    .map(({ message }) => {
      const sentence = phrase`A condition failed: ${message}`;
      return finding(PLAN, severity, 'check-failed', sentence);
    });
}
