/**
 * The display names of alert policies, by which people and operations find them. Apart from the
 * constructs, so that operations need no cdktf.
 */

export function failedRunsAlertName(stackName: string): string {
  return `A scheduled job of ${stackName} failed`;
}

export function missedRunsAlertName(jobName: string): string {
  return `${jobName} has not succeeded for too long`;
}
