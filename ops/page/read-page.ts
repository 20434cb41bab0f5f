import { groupBy } from '../../lib/group-by';
import type { Findings, LogCoverage, PageInput, StageInput } from '../../page/input';
import { wallClock } from '../../constructs/core/schedule';
import type { StageName } from '../../stages/stages';
import { checkAll, takeSnapshots, type StageResult } from '../checks';
import { groupFindings, type Group } from '../checks/groups';
import type { Snapshot } from '../checks/snapshot';
import { unmanagedIn } from '../checks/unmanaged-jobs';
import type { Context } from '../context';
import { DAY_SECONDS, secondsBefore } from '../durations';
import { Failed, orFailed } from '../errors';
import { renderFix } from '../fixes/render';
import { listOpenAlerts, type Alert } from '../google/alerts';
import { listLatestEntries, type LogEntry } from '../google/logging';
import { describeLocation, shortName } from '../google/scheduler';
import type { Review } from '../plan-review/review';
import { incidentsOf } from './incidents';
import { jobsOfPage } from './jobs';
import { planOfPage } from './plan';

/** How far the log is read: as far as the picture of the past reaches. */
const LOG_RANGE_SECONDS = 7 * DAY_SECONDS;

/** The most log entries of a stage; a week of the table's has 6,400. */
const LOG_LIMIT = 15_000;

/** Reads everything that a page shows of some stages. What cannot be read is shown as such. */
export async function readPage(
  context: Context,
  stages: readonly StageName[],
  plans: ReadonlyMap<StageName, Review>,
): Promise<PageInput> {
  const { settings, location, client } = context;
  const [alerts, snapshots] = await Promise.all([
    orFailed(listOpenAlerts(client, location.project)),
    takeSnapshots(context, stages),
  ]);
  const checks = checkAll(snapshots);
  const read = await Promise.all(
    snapshots.map((snapshot) => {
      const { stage } = snapshot;
      // What is wrong with the project concerns each of its stages.
      const ofStage = checks.filter((result) => (result.stage ?? stage) === stage);
      return readStage(context, snapshot, ofStage, alerts, plans.get(stage));
    }),
  );
  return {
    title: `Scheduled jobs in ${describeLocation(location)}`,
    now: client.now(),
    timeZone: settings.timeZone,
    stages: read,
    footer: 'Written by just gcp-scheduler-page. Times relative to now are as of the time above.',
  };
}

async function readStage(
  context: Context,
  snapshot: Snapshot,
  checks: readonly StageResult[],
  alerts: readonly Alert[] | Failed,
  plan: Review | undefined,
): Promise<StageInput> {
  const unmanaged = unmanagedIn(snapshot).map(({ live }) => live);
  const names = [...snapshot.jobs.map(({ table }) => table.name), ...unmanaged.map(shortName)];
  const { entries, log } = await readLog(context, names);
  const { stage } = snapshot;
  return {
    name: stage,
    jobs: jobsOfPage(snapshot, unmanaged, { entries, checks }),
    log,
    findings: findingsOf(checks),
    incidents: incidentsOf(alerts, context, stage),
    ...(plan !== undefined && { plan: planOfPage(plan) }),
  };
}

async function readLog(
  { client, location, settings }: Context,
  names: readonly string[],
): Promise<{ entries: readonly LogEntry[]; log: LogCoverage }> {
  const from = secondsBefore(client.now(), LOG_RANGE_SECONDS);
  const read = await orFailed(listLatestEntries(client, location, names, from, LOG_LIMIT));
  if (read instanceof Failed) {
    const problem = `The log could not be read: ${read.what}`;
    return { entries: [], log: { from: client.now(), entries: 0, problem } };
  }
  const { entries, isComplete } = read;
  const [first] = entries;
  if (isComplete || first === undefined) return { entries, log: { from, entries: entries.length } };
  const reached = new Date(first.timestamp);
  const problem =
    `Earlier ones were not read: at most ${LOG_LIMIT} entries of a stage are, ` +
    `which reach back to ${wallClock(settings.timeZone, reached)}.`;
  return { entries, log: { from: reached, entries: entries.length, problem } };
}

function findingsOf(results: readonly StageResult[]): StageInput['findings'] {
  return {
    problems: groupFindings(results).map(describeGroup),
    passed: results.filter(({ status }) => status === 'ok').length,
  };
}

/** Findings of one kind, with each cause and each fix once. */
function describeGroup({ status, check, members }: Group): Findings['problems'][number] {
  const causes = groupBy(members, ({ cause }) => cause);
  const lines = [...causes].map(([cause, some]) =>
    causes.size === 1 ? cause : `${some.map(({ subject }) => subject).join(', ')}: ${cause}`,
  );
  const fixes = members.flatMap(({ fix }) => (fix === undefined ? [] : [renderFix(fix)]));
  return {
    severity: status,
    title: check,
    subjects: members.map(({ subject }) => subject),
    text: lines.join('\n'),
    fixes: [...new Set(fixes)],
  };
}
