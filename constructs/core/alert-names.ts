/**
 * The display names of alert policies, by which people and `ops/` find them. Kept out of the
 * constructs so that `ops/` does not load cdktf.
 */

export function failedRunsAlertName(stackName: string): string {
  return `A scheduled job of ${stackName} failed`;
}

export function missedRunsAlertName(jobName: string): string {
  return `${jobName} has not succeeded for too long`;
}
