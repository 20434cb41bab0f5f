import { count } from '../../lib/count';
import { formatDuration } from '../../constructs/core/format-duration';
import { nextRuns } from '../../constructs/core/schedule';
import { latenciesOf, percentile95 } from '../../page/week/statistics';
import { secondsBetween, secondsOf } from '../durations';
import { edit, inOrder, manual, recipe } from '../fixes/fix';
import { formatTime } from '../jobs/format-time';
import { deadlineSecondsOf } from '../jobs/last-run';
import { found, ok, unreadable, type CheckResult } from './check-result';
import { valueOf } from '../google/reading';
import type { JobSnapshot } from './job-snapshots';
import type { Snapshot } from './snapshot';

/** From which share of the limit on attempts are too long: early enough to act before one times out. */
const TOO_LONG = 0.7;

/** The longest deadline of an HTTP target. */
const MAX_DEADLINE_SECONDS = 1800;

/** The default request timeout of a Cloud Run service. Source: https://cloud.google.com/run/docs/configuring/request-timeout */
const DEFAULT_TIMEOUT_SECONDS = 300;

const CHECK = 'job-headroom';

/** The same for every job, so that they share a line. */
const SHORT = `p95 of its attempts is below ${TOO_LONG * 100} % of the deadline`;

/** Whether a job's attempts leave time until their deadline, and until the next run. */
export function checkHeadroom(
  snapshot: Snapshot,
  { table, live, recent }: JobSnapshot,
): CheckResult[] {
  const { timeZone } = snapshot.settings;
  if (live === undefined || recent === undefined || recent.kind === 'absent') return [];
  const subject = table.name;
  if (recent.kind === 'unknown') return [unreadable(CHECK, subject, recent.error)];
  const { attempts, since } = recent.value;
  const latencies = latenciesOf(attempts);
  const seconds = percentile95(latencies);
  if (seconds === undefined) return [];
  const deadline = deadlineSecondsOf(live);
  const service = valueOf(snapshot.worker);
  const timeout = service && (secondsOf(service.template?.timeout) ?? DEFAULT_TIMEOUT_SECONDS);
  const isService = timeout !== undefined && timeout < deadline;
  const limit = isService ? timeout : deadline;
  const what =
    `p95 of ${count(latencies.length, 'attempt')} since ${formatTime(timeZone, since)} is ` +
    formatDuration(seconds);
  const share = `${Math.round((seconds / limit) * 100)} % of ${
    isService ? "the worker's request timeout" : 'the deadline'
  } of ${formatDuration(limit)}`;
  const results: CheckResult[] = [];
  const lessWork = manual(`let ${table.task} do less in one run, in Validibot`);
  if (seconds >= limit * TOO_LONG) {
    const raise = isService
      ? manual(`raise the request timeout of ${snapshot.workerName}, where Validibot deploys it`)
      : limit < MAX_DEADLINE_SECONDS
        ? inOrder(
            edit(
              'stages/jobs.ts',
              `raise attemptDeadlineSeconds of ${table.task} above ${limit}, to ${MAX_DEADLINE_SECONDS} at most`,
            ),
            recipe('setup', table.stage),
          )
        : lessWork;
    results.push(found('headroom-low', subject, `${what}, ${share}`, raise));
  }
  const interval = shortestInterval(table.schedule, timeZone, snapshot.now);
  if (interval !== undefined && seconds > interval) {
    const cause = `${what}, but it runs every ${formatDuration(interval)}: runs wait for each other`;
    const fix = inOrder(
      edit('stages/jobs.ts', `let ${table.task} run less often`),
      recipe('setup', table.stage),
    );
    results.push(found('runs-wait', subject, cause, fix));
  }
  return results.length > 0 ? results : [ok(CHECK, subject, SHORT)];
}

/** The shortest time between the next runs, in seconds. */
function shortestInterval(cron: string, timeZone: string, now: Date): number | undefined {
  const runs = nextRuns({ cron, timeZone }, now, 50);
  const gaps = runs.slice(1).map((run, index) => secondsBetween(runs[index] ?? run, run));
  return gaps.length === 0 ? undefined : Math.min(...gaps);
}
