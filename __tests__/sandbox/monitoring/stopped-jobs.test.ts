import { promqlNameOfLogMetric } from '../../../sandbox/monitoring/metric-names';
import { DAY, HOUR, MonitoredStage } from './monitored-stage';

describe('after healthy days', () => {
  it.each([
    // The longest gap in the schedule, in minutes; the alert adds ten for a run and thirty of grace.
    { task: 'process-purge-retries', gap: 65, healthyDays: 2 },
    { task: 'clear-sessions', gap: 47 * 60, healthyDays: 2 },
    // Until Sunday, when it runs.
    { task: 'cleanup-callback-receipts', gap: 169 * 60, healthyDays: 5 },
  ])(
    'raises exactly one incident if $task stops, and names it',
    async ({ task, gap, healthyDays }) => {
      const stage = new MonitoredStage();
      const job = `validibot-${task}-dev`;
      // Between two runs, so that none is in progress.
      await stage.clock.advance(healthyDays * DAY + 3 * 60_000);
      const lastRun = lastSuccess(stage, job);
      stage.scheduler.remove(job);
      await stage.clock.advance(gap * 60_000 + DAY);
      const incidents = stage.alerting.incidents.map(({ policy, labels }) => [policy.name, labels]);
      expect(incidents).toEqual([
        [`projects/p/alertPolicies/missed-runs-${task}`, { job_id: job }],
      ]);
      const minutes = ((stage.alerting.incidents[0]?.openTime ?? 0) - lastRun) / 60_000;
      expect(minutes).toBeGreaterThanOrEqual(gap + 40);
      // The alert is evaluated every five minutes; the last success is accurate to a minute.
      expect(minutes).toBeLessThanOrEqual(gap + 40 + 6);
    },
    60_000,
  );

  it('raises one incident for each job that runs if the worker responds with 404', async () => {
    const stage = new MonitoredStage();
    await stage.clock.advance(DAY);
    stage.result = { kind: 'answered', status: 404 };
    await stage.clock.advance(HOUR);
    const labels = (task: string): object => ({
      job: `validibot-${task}-dev`,
      status: 'NOT_FOUND',
      url: `https://worker.example.com/validibot-${task}-dev`,
    });
    const failed = ['process-purge-retries', 'cleanup-stuck-runs', 'purge-expired-submissions'];
    const incidents = stage.alerting.incidents.map(({ labels }) => labels);
    expect(incidents).toHaveLength(failed.length);
    expect(incidents).toEqual(expect.arrayContaining(failed.map(labels)));
  }, 60_000);
});

function lastSuccess(stage: MonitoredStage, job: string): number {
  const metric = promqlNameOfLogMetric('validibot_dev_successful_runs');
  const selector = { metric, labels: { job_id: job } };
  const now = stage.clock.now();
  // Goes back minute by minute until the count grows.
  for (let at = now; at > now - 7 * DAY; at -= 60_000) {
    const [sample] = stage.alerting.metrics.increase(selector, at, now);
    if (sample && sample.value > 0) return at;
  }
  throw new Error(`${job} has not succeeded`);
}
