import type { Drift } from '../drift';
import { phrase } from '../phrase';
import { finding, type Finding } from './finding';

/** Jobs that someone paused outside Terraform, and that the plan leaves paused. */
export function pauseFindings(drift: readonly Drift[]): Finding[] {
  return drift.flatMap(({ address, name, changes }) => {
    const pause = changes.find(({ id }) => id === 'paused');
    if (pause?.after.kind !== 'value' || pause.after.text !== 'paused') return [];
    if (pause.response === 'reverts it') return [];
    const message = phrase`${name} was paused outside Terraform and stays paused.`;
    return [finding({ address }, 'notice', 'job-paused-outside-terraform', message)];
  });
}
