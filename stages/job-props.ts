import type { JobDefinition } from './jobs';
import { jobName } from './naming';
import type { Settings } from './settings';
import type { StageJob, StageName } from './stages';

/** What a stage's jobs call, and as whom. */
export interface JobPlace {
  /** The worker's origin, without a last slash; it is the token's audience too. */
  readonly workerUrl: string;
  readonly serviceAccountEmail: string;
}

/** A job of a stage in the props of the construct. */
export interface JobProps extends Omit<JobDefinition, 'endpoint' | 'purpose'> {
  readonly jobName: string;
  readonly description: string;
  readonly timeZone: string;
  readonly uri: string;
  readonly audience: string;
  readonly serviceAccountEmail: string;
  readonly paused?: boolean;
}

/** The same for the stack that makes the job and for whoever compares live jobs with the table. */
export function jobProps(
  { appName, timeZone }: Pick<Settings, 'appName' | 'timeZone'>,
  stage: StageName,
  { task, endpoint, purpose, ...rest }: StageJob,
  { workerUrl, serviceAccountEmail }: JobPlace,
): JobProps {
  return {
    ...rest,
    jobName: jobName(appName, task, stage),
    description: purpose,
    timeZone,
    uri: `${workerUrl}${endpoint}`,
    audience: workerUrl,
    serviceAccountEmail,
  };
}
