import type { JobDefinition } from './jobs';
import { jobName } from './naming';
import type { Settings } from './settings';
import type { StageJob, StageName } from './stages';

/** What a stage's jobs call, and with which account. */
export interface JobPlace {
  /** The worker's origin, without a trailing slash; also the token's audience. */
  readonly workerUrl: string;
  readonly serviceAccountEmail: string;
}

/** A job of a stage, as props of the construct. */
export interface JobProps extends Omit<JobDefinition, 'endpoint' | 'purpose'> {
  readonly jobName: string;
  readonly description: string;
  readonly timeZone: string;
  readonly uri: string;
  readonly audience: string;
  readonly serviceAccountEmail: string;
  readonly paused?: boolean;
}

/** For the stack that creates the job, and for `ops/`, which compares live jobs with the table. */
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
