import { parseFilter } from '../../../sandbox/protocol/log-filter';
import { Alerting } from '../../../sandbox/monitoring/alerting';
import type { Incident } from '../../../sandbox/monitoring/incidents';
import type { AlertPolicy } from '../../../sandbox/world/alert-policy';
import { Clock } from '../../../sandbox/scheduler/clock';
import type { LogEntry } from '../../../sandbox/world/logging';

const START = Date.UTC(2027, 0, 1);
const MINUTE = 60_000;

function entry(clock: Clock, job: string, status?: string): LogEntry {
  return {
    insertId: '1',
    logName: 'projects/p/logs/cloudscheduler.googleapis.com%2Fexecutions',
    timestamp: new Date(clock.now()).toISOString(),
    receiveTimestamp: new Date(clock.now()).toISOString(),
    severity: status === undefined ? 'INFO' : 'ERROR',
    resource: { type: 'cloud_scheduler_job', labels: { job_id: job } },
    jsonPayload: { url: `http://localhost/${job}`, ...(status !== undefined && { status }) },
  };
}

const LOG_MATCH: AlertPolicy = {
  name: 'projects/p/alertPolicies/1',
  displayName: 'failed',
  conditions: [
    {
      displayName: 'failed',
      conditionMatchedLog: {
        filter: 'severity>=ERROR',
        labelExtractors: {
          job: 'EXTRACT(resource.labels.job_id)',
          status: 'EXTRACT(jsonPayload.status)',
        },
      },
    },
  ],
  alertStrategy: { autoClose: '1800s', notificationRateLimit: { period: '300s' } },
};

const PROMQL: AlertPolicy = {
  name: 'projects/p/alertPolicies/2',
  displayName: 'missed',
  conditions: [
    {
      displayName: 'missed',
      conditionPrometheusQueryLanguage: {
        query:
          'sum by (job_id) (increase(runs[86400s])) > 0 unless sum by (job_id) (increase(runs[600s])) > 0',
        evaluationInterval: '60s',
      },
    },
  ],
};

function setUp(): { clock: Clock; alerting: Alerting } {
  const clock = new Clock(() => START);
  return { clock, alerting: new Alerting(clock) };
}

/** The incidents' labels, and the minutes after the start when they opened and closed. */
function summary(incidents: readonly Incident[]): unknown[] {
  const minutes = (time?: number): number | undefined => time && (time - START) / MINUTE;
  return incidents.map(({ labels, openTime, closeTime }) => [
    labels,
    minutes(openTime),
    minutes(closeTime),
  ]);
}

describe('a policy over the log', () => {
  it('keeps one incident open for each combination of labels while entries match', async () => {
    const { clock, alerting } = setUp();
    alerting.setPolicy(LOG_MATCH);
    alerting.logged(entry(clock, 'good'));
    alerting.logged(entry(clock, 'tidy', 'NOT_FOUND'));
    await clock.advance(20 * MINUTE);
    alerting.logged(entry(clock, 'tidy', 'NOT_FOUND'));
    alerting.logged(entry(clock, 'report', 'NOT_FOUND'));
    await clock.advance(60 * MINUTE);
    alerting.logged(entry(clock, 'tidy', 'NOT_FOUND'));
    expect(summary(alerting.incidents)).toEqual([
      // Closed half an hour after its last entry.
      [{ job: 'tidy', status: 'NOT_FOUND' }, 0, 50],
      [{ job: 'report', status: 'NOT_FOUND' }, 20, 50],
      [{ job: 'tidy', status: 'NOT_FOUND' }, 80, undefined],
    ]);
  });

  it('closes its incidents when it is deleted, and opens none while it is disabled', async () => {
    const { clock, alerting } = setUp();
    alerting.setPolicy(LOG_MATCH);
    alerting.logged(entry(clock, 'tidy', 'NOT_FOUND'));
    await clock.advance(MINUTE);
    alerting.deletePolicy(LOG_MATCH.name);
    alerting.logged(entry(clock, 'tidy', 'NOT_FOUND'));
    alerting.setPolicy({ ...LOG_MATCH, enabled: false });
    alerting.logged(entry(clock, 'tidy', 'NOT_FOUND'));
    await clock.advance(60 * MINUTE);
    expect(summary(alerting.incidents)).toEqual([[{ job: 'tidy', status: 'NOT_FOUND' }, 0, 1]]);
  });
});

describe('a policy over a metric', () => {
  it('opens at the first evaluation with a result, and closes at the first without', async () => {
    const { clock, alerting } = setUp();
    alerting.metrics.set('runs', parseFilter('severity<ERROR'));
    alerting.setPolicy(PROMQL);
    alerting.logged(entry(clock, 'tidy'));
    alerting.logged(entry(clock, 'failing', 'NOT_FOUND'));
    await clock.advance(30 * MINUTE);
    alerting.logged(entry(clock, 'tidy'));
    await clock.advance(5 * MINUTE);
    expect(summary(alerting.incidents)).toEqual([[{ job_id: 'tidy' }, 10, 31]]);
  });

  it('ignores what is older than its range', async () => {
    const { clock, alerting } = setUp();
    alerting.metrics.set('runs', parseFilter('severity<ERROR'));
    alerting.setPolicy(PROMQL);
    alerting.logged(entry(clock, 'tidy'));
    await clock.advance(2 * 86_400_000);
    expect(summary(alerting.incidents)).toEqual([[{ job_id: 'tidy' }, 10, 24 * 60]]);
  });

  it('ignores what is older than the metric', async () => {
    const { clock, alerting } = setUp();
    alerting.logged(entry(clock, 'tidy'));
    alerting.metrics.set('runs', parseFilter('severity<ERROR'));
    alerting.setPolicy(PROMQL);
    await clock.advance(30 * MINUTE);
    expect(alerting.incidents).toEqual([]);
  });
});
