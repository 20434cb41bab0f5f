import { parseFilter } from '../../../sandbox/apis/logging/filter';
import { camelCase } from '../../../sandbox/apis/fields';
import { attemptFinished, attemptStarted } from '../../../sandbox/execution/log-entries';
import { Alerting } from '../../../sandbox/monitoring/alerting';
import { promqlNameOfLogMetric } from '../../../sandbox/monitoring/metric-names';
import type { AlertPolicy } from '../../../sandbox/monitoring/policy';
import { Clock } from '../../../sandbox/scheduler/clock';
import { Scheduler, type AttemptResult } from '../../../sandbox/scheduler/scheduler';
import { createWorld, type Job, type LogEntry } from '../../../sandbox/world';
import { DEFAULTS } from '../../../stages/settings';
import { jobsOfStage, STAGES } from '../../../stages/stages';
import { plan } from '../scheduler/simulation';
import { configurationOfStage } from '../../support/stages';

/** Sydney's new year. */
const START = Date.UTC(2026, 11, 31, 13);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const { resource } = configurationOfStage('dev');

/** The dev stage's jobs on a simulated clock, watched by the alerts that its stack declares. */
class WatchedYear {
  readonly clock = new Clock(() => START);
  readonly alerting = new Alerting(this.clock);
  readonly scheduler: Scheduler;
  result: AttemptResult = { kind: 'answered', status: 200 };

  constructor() {
    const world = createWorld({ region: 'australia-southeast1', appName: 'validibot', now: START });
    const log = (entry: LogEntry): void => {
      this.alerting.logged(entry);
    };
    this.scheduler = new Scheduler(this.clock, {
      execute: async (attempt) => {
        log(attemptStarted(world, jobOf(attempt.job), attempt));
        await attempt.activity.sleep(2000);
        return this.result;
      },
      finished: (attempt, result) => {
        log(attemptFinished(world, jobOf(attempt.job), attempt, result, this.clock.now()));
      },
    });
    for (const metric of Object.values(resource?.google_logging_metric ?? {})) {
      const name = promqlNameOfLogMetric(String(metric.name));
      this.alerting.metrics.set(name, parseFilter(String(metric.filter)));
    }
    const policies = Object.entries(resource?.google_monitoring_alert_policy ?? {});
    for (const [name, policy] of policies) {
      const camel = withCamelCase(policy) as Omit<AlertPolicy, 'name'>;
      this.alerting.watch({ ...camel, name: `projects/p/alertPolicies/${name}` });
    }
    for (const { task, schedule } of jobsOfStage(STAGES.dev)) {
      this.scheduler.schedule(
        `validibot-${task}-dev`,
        plan(schedule, { timeZone: DEFAULTS.GCP_SCHEDULER_TIMEZONE }),
      );
    }
  }
}

function jobOf(name: string): Job {
  const uri = `https://worker.example.com/${name}`;
  return { name, httpTarget: { uri, httpMethod: 'POST', headers: {} } } as Job;
}

/** Terraform's names of a policy's fields, as the API has them. */
function withCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [camelCase(key), withCamelCase(item)]),
  );
}

test('a healthy year raises no incident', async () => {
  const year = new WatchedYear();
  await year.clock.advance(365 * DAY);
  expect(year.alerting.incidents).toEqual([]);
}, 120_000);

describe('after three healthy weeks', () => {
  test.each([
    // The longest gap of its schedule in minutes; ten for a run and thirty of grace come to it.
    ['process-purge-retries', 65],
    ['clear-sessions', 47 * 60],
    ['cleanup-callback-receipts', 169 * 60],
  ])(
    '%s that stops raises exactly one incident, which names it',
    async (task, gap) => {
      const year = new WatchedYear();
      const job = `validibot-${task}-dev`;
      // Between two runs, lest one be under way.
      await year.clock.advance(21 * DAY + 3 * 60_000);
      const lastRun = lastSuccess(year, job);
      year.scheduler.remove(job);
      await year.clock.advance(14 * DAY);
      const incidents = year.alerting.incidents.map(({ policy, labels }) => [policy.name, labels]);
      expect(incidents).toEqual([
        [`projects/p/alertPolicies/missed-runs-${task}`, { job_id: job }],
      ]);
      const minutes = ((year.alerting.incidents[0]?.openTime ?? 0) - lastRun) / 60_000;
      expect(minutes).toBeGreaterThanOrEqual(gap + 40);
      // Evaluated every five minutes; the last success is known to a minute.
      expect(minutes).toBeLessThanOrEqual(gap + 40 + 6);
    },
    60_000,
  );

  test('a worker that answers 404 raises one incident for each job that runs', async () => {
    const year = new WatchedYear();
    await year.clock.advance(21 * DAY);
    year.result = { kind: 'answered', status: 404 };
    await year.clock.advance(HOUR);
    const labels = (task: string): object => ({
      job: `validibot-${task}-dev`,
      status: 'NOT_FOUND',
      url: `https://worker.example.com/validibot-${task}-dev`,
    });
    const failed = ['process-purge-retries', 'cleanup-stuck-runs', 'purge-expired-submissions'];
    const incidents = year.alerting.incidents.map(({ labels }) => labels);
    expect(incidents).toHaveLength(failed.length);
    expect(incidents).toEqual(expect.arrayContaining(failed.map(labels)));
  }, 60_000);
});

function lastSuccess(year: WatchedYear, job: string): number {
  const metric = promqlNameOfLogMetric('validibot_dev_successful_runs');
  const selector = { metric, labels: { job_id: job } };
  const now = year.clock.now();
  // Back in steps of a minute until the count grows.
  for (let minutes = 1; ; minutes += 1) {
    const [sample] = year.alerting.metrics.increase(selector, now - minutes * 60_000, now);
    if (sample && sample.value > 0) return now - minutes * 60_000;
  }
}
