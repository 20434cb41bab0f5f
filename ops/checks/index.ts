import type { Settings } from '../../stages/settings';
import { checkAccount } from './account';
import { checkApis } from './apis';
import { reporter, type CheckResult } from './check-result';
import { checkForeignJobs } from './foreign-jobs';
import { checkInvoker, checkServiceAgent } from './grants';
import { checkJobCadence } from './job-cadence';
import { checkJobState } from './job-state';
import { checkJobWatch } from './job-watch';
import { checkLastAttempt } from './last-attempt';
import { checkProject } from './project';
import type { Survey } from './survey';
import { checkWorker } from './worker';

export type { CheckResult } from './check-result';
export { takeSurvey } from './survey';

/** All findings, in the order in which they are best mended. */
export function checkAll(survey: Survey, { timeZone }: Pick<Settings, 'timeZone'>): CheckResult[] {
  const project = checkProject(survey);
  // Without credentials everything else fails alike.
  if (project.some(({ check, status }) => check === 'credentials' && status === 'failure')) {
    return project;
  }
  return [
    ...project,
    ...checkApis(survey),
    ...checkWorker(survey),
    ...checkAccount(survey),
    ...checkInvoker(survey),
    ...checkServiceAgent(survey),
    ...checkJobs(survey, timeZone),
  ];
}

function checkJobs(survey: Survey, timeZone: string): CheckResult[] {
  const { liveJobs, location } = survey;
  if (liveJobs.kind === 'unknown') {
    const { what, fix } = liveJobs.error;
    return [reporter('jobs-listed', location.region).failure(what, fix)];
  }
  return [
    ...survey.jobs.flatMap((job) => [
      ...checkJobState(survey, job, timeZone),
      ...checkLastAttempt(survey, job),
      ...checkJobCadence(survey, job, timeZone),
      ...checkJobWatch(survey, job, timeZone),
    ]),
    ...checkForeignJobs(survey),
  ];
}
