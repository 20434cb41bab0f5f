import { originOf } from '../../constructs/core/uri';
import { describeDifference, differences } from '../jobs/compare';
import type { Job } from '../google/scheduler';
import { setupFix } from '../jobs/setup-fix';
import { reporter, type CheckResult } from './check-result';
import { originsIn, type Survey, type SurveyedJob } from './survey';

/** Whether a job exists, is enabled, is as the table has it, and aims at the worker. */
export function checkJobState(survey: Survey, job: SurveyedJob, timeZone: string): CheckResult[] {
  const { table, live } = job;
  const setup = `just gcp-scheduler-setup ${survey.stage}`;
  const existence = reporter('job-exists', table.name);
  if (live === undefined) return [existence.failure('there is no such job', setup)];
  return [
    existence.ok('there'),
    checkEnabled(job, setup),
    checkPaused(job),
    checkTable(survey, job, live, timeZone),
    checkTarget(survey, job, setup),
  ];
}

function checkEnabled({ table, live }: SurveyedJob, setup: string): CheckResult {
  const report = reporter('job-enabled', table.name);
  const state = live?.state ?? 'ENABLED';
  if (state === 'ENABLED' || state === 'PAUSED') return report.ok(state.toLowerCase());
  return report.failure(`it is ${state} and does not run`, setup);
}

function checkPaused({ table, live }: SurveyedJob): CheckResult {
  const report = reporter('job-paused', table.name);
  if (live?.state !== 'PAUSED') return report.ok('not paused');
  if (table.paused === true) return report.ok('paused by the table');
  return report.failure(
    'it is paused, though the table does not pause it',
    `just gcp-scheduler-resume ${table.name}`,
  );
}

function checkTable(
  { workerUrl }: Survey,
  { table }: SurveyedJob,
  live: Job,
  timeZone: string,
): CheckResult {
  const report = reporter('job-as-table', table.name);
  const found = differences(live, table, workerUrl).map(describeDifference).join('; ');
  if (found !== '') {
    const { command, caveat } = setupFix(table, live, timeZone);
    return report.failure(`${found}${caveat}`, command);
  }
  return workerUrl === undefined
    ? report.warning('as the table has it, but the worker is not known, nor whether it aims at it')
    : report.ok('as the table has it');
}

function checkTarget(survey: Survey, { table, live }: SurveyedJob, setup: string): CheckResult {
  const report = reporter('job-target', table.name);
  const origin = originOf(live?.httpTarget?.uri ?? '');
  const origins = [...originsIn(survey.worker), survey.workerUrl];
  if (origins.includes(origin)) return report.ok(origin);
  if (originsIn(survey.web).includes(origin)) {
    return report.failure(`it aims at ${survey.webName}, which answers 404`, setup);
  }
  if (survey.workerUrl === undefined)
    return report.warning(`not known whether ${origin} is the worker`);
  return report.failure(`it aims at ${origin || 'nothing'}, not at ${survey.workerName}`, setup);
}
