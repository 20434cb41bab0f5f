import { parseFilter } from '../../../sandbox/protocol/log-filter';
import { attemptFinished, attemptStarted } from '../../../sandbox/execution/log-entries';
import { Alerting } from '../../../sandbox/monitoring/alerting';
import { promqlNameOfLogMetric } from '../../../sandbox/monitoring/metric-names';
import type { AlertPolicy } from '../../../sandbox/world/alert-policy';
import { Clock } from '../../../sandbox/scheduler/clock';
import { Scheduler, type AttemptResult } from '../../../sandbox/scheduler/scheduler';
import type { Job } from '../../../sandbox/world/job';
import type { LogEntry } from '../../../sandbox/world/logging';
import { createWorld } from '../../../sandbox/world/world';
import { createSeed } from '../../../stages/seed';
import { DEFAULTS } from '../../../stages/settings';
import { jobsOfStage, STAGES } from '../../../stages/stages';
import { plan } from '../scheduler/simulation';
import { withCamelCase } from '../../support/camel-case';
import { configurationOfStage } from '../../support/stages';

/** Sydney's new year. */
const START = Date.UTC(2026, 11, 31, 13);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const { resource } = configurationOfStage('dev');

/** The dev stage's jobs on a simulated clock, monitored by the alerts that its stack declares. */
export class MonitoredStage {
  readonly clock = new Clock(() => START);
  readonly alerting = new Alerting(this.clock);
  readonly scheduler: Scheduler;
  result: AttemptResult = { kind: 'answered', status: 200 };

  constructor() {
    const world = createWorld(createSeed('validibot'), START);
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
        log(attemptFinished(world, jobOf(attempt.job), result, this.clock.now()));
      },
    });
    for (const metric of Object.values(resource?.google_logging_metric ?? {})) {
      const name = promqlNameOfLogMetric(String(metric.name));
      this.alerting.metrics.set(name, parseFilter(String(metric.filter)));
    }
    const policies = Object.entries(resource?.google_monitoring_alert_policy ?? {});
    for (const [name, policy] of policies) {
      const camel = withCamelCase(policy) as Omit<AlertPolicy, 'name'>;
      this.alerting.setPolicy({ ...camel, name: `projects/p/alertPolicies/${name}` });
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
