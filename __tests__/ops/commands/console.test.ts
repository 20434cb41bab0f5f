import { bareEnvironment, callOps } from '../support';

const env = bareEnvironment({
  GCP_PROJECT_ID: 'example.com:my-project',
  GCP_REGION: 'us-central1',
});
const PAGE = 'https://console.cloud.google.com/cloudscheduler?project=example.com%3Amy-project';

it('prints the URL of the project', async () => {
  const { status, stdout } = await callOps(env, ['console']);
  expect(stdout).toBe(`${PAGE}\n`);
  expect(status).toBe(0);
});

it("prints the URL of each of a stage's jobs, and of their logs", async () => {
  const { stdout } = await callOps(env, ['console', 'prod', '--json']);
  const { url, logsUrl, jobs } = JSON.parse(stdout) as {
    url: string;
    logsUrl: string;
    jobs: object[];
  };
  expect(url).toBe(PAGE);
  expect(jobs).toHaveLength(6);
  expect(jobs[0]).toEqual({
    stage: 'prod',
    job: 'validibot-clear-sessions',
    url:
      'https://console.cloud.google.com/cloudscheduler/jobs/edit/us-central1/' +
      'validibot-clear-sessions?project=example.com%3Amy-project',
  });
  expect(decodeURIComponent(logsUrl)).toContain(
    'resource.labels.job_id=("validibot-clear-sessions"',
  );
});
