import { accountEmail } from '../constructs/core/google-names';
import { STAGE_NAMES, type StageName } from './stages';

/**
 * The names that Validibot's deployment uses. Names of production have no suffix, except its service
 * account.
 */

/** The email of any account, also of accounts that are not Validibot's. */
export { accountEmail };

/** The stage that serves customers, and whose names have no suffix. */
export const PRODUCTION = 'prod' satisfies StageName;

/** The stack of a stage; also its HCP Terraform workspace and its state's prefix. */
export function stackName(stage: StageName): string {
  return `validibot-${stage}`;
}

/** The Cloud Run service that runs the tasks: `validibot-worker`, `validibot-worker-dev`. */
export function workerServiceName(appName: string, stage: StageName): string {
  return withSuffix(`${appName}-worker`, stage);
}

/** The Cloud Run service for users, never a target of jobs: `validibot-web-dev`. */
export function webServiceName(appName: string, stage: StageName): string {
  return withSuffix(`${appName}-web`, stage);
}

/** `validibot-clear-sessions`, `validibot-clear-sessions-dev`. */
export function jobName(appName: string, task: string, stage: StageName): string {
  return withSuffix(`${appName}-${task}`, stage);
}

/** The account of the jobs' requests, which is also the worker's own: `validibot-cloudrun-prod`. */
export function serviceAccountId(appName: string, stage: StageName): string {
  return `${appName}-cloudrun-${stage}`;
}

/** `validibot-cloudrun-dev@my-project.iam.gserviceaccount.com` */
export function serviceAccountEmail(appName: string, stage: StageName, projectId: string): string {
  return accountEmail(serviceAccountId(appName, stage), projectId);
}

/** The log-based metric that counts a stage's successful runs: `validibot_dev_successful_runs`. */
export function successfulRunsMetricName(appName: string, stage: StageName): string {
  return `${appName.replaceAll('-', '_')}_${stage}_successful_runs`;
}

/**
 * The stage of a job's name: the one whose suffix it has, otherwise production. Neither the app's name
 * nor the task matters.
 */
export function stageOfJobName(name: string): StageName {
  return (
    STAGE_NAMES.find((stage) => stage !== PRODUCTION && name.endsWith(`-${stage}`)) ?? PRODUCTION
  );
}

/** The task of a job's name in a stage; undefined if the name is not one of the app's in that stage. */
export function taskOfJobName(appName: string, name: string, stage: StageName): string | undefined {
  const [prefix, suffix] = [`${appName}-`, withSuffix('', stage)];
  const task = name.slice(prefix.length, name.length - suffix.length);
  return task !== '' && jobName(appName, task, stage) === name ? task : undefined;
}

function withSuffix(name: string, stage: StageName): string {
  return stage === PRODUCTION ? name : `${name}-${stage}`;
}
