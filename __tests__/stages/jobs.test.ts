import { jobsOfStage } from '../../stages/stages';
import { JOBS, TASK_NAMES } from '../support/document';
import { jobsOf, stackOf } from '../support/stages';

it('gives a stage every job of the table, in its order', () => {
  expect(jobsOfStage({}).map((job) => job.task)).toEqual(TASK_NAMES);
});

it.each([
  ['dev', '-dev'],
  ['staging', '-staging'],
  ['prod', ''],
] as const)('renders the jobs of %s with its names and its worker', (stage, suffix) => {
  const worker = '${data.google_cloud_run_v2_service.worker.uri}';
  const account = '${data.google_service_account.scheduler.email}';

  expect(Object.values(jobsOf(stackOf(stage)))).toEqual(
    Object.entries(JOBS)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(
        ([task, { schedule, endpoint, purpose }]) =>
          expect.objectContaining({
            name: `validibot-${task}${suffix}`,
            schedule,
            time_zone: 'Australia/Sydney',
            description: purpose,
            attempt_deadline: '600s',
            http_target: {
              http_method: 'POST',
              uri: `${worker}${endpoint}`,
              oidc_token: { audience: worker, service_account_email: account },
            },
          }) as unknown,
      ),
  );
});
