import type { TaskName } from './jobs';
import type { StageName } from './stages';

/**
 * The names that Validibot's deployment gives things. Production has no suffix, but for the
 * service account, which always has one.
 */

/** The stack of a stage; also its HCP Terraform workspace and its state's prefix. */
export function stackName(stage: StageName): string {
  return `validibot-${stage}`;
}

/** The Cloud Run service that runs the tasks: `validibot-worker`, `validibot-worker-dev`. */
export function workerServiceName(appName: string, stage: StageName): string {
  return withSuffix(`${appName}-worker`, stage);
}

/** `validibot-clear-sessions`, `validibot-clear-sessions-dev`. */
export function jobName(appName: string, task: TaskName, stage: StageName): string {
  return withSuffix(`${appName}-${task}`, stage);
}

/** The account that the jobs call the worker as, and the worker's own: `validibot-cloudrun-prod`. */
export function serviceAccountId(appName: string, stage: StageName): string {
  return `${appName}-cloudrun-${stage}`;
}

function withSuffix(name: string, stage: StageName): string {
  return stage === 'prod' ? name : `${name}-${stage}`;
}
