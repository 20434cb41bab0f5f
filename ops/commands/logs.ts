import { Option } from 'commander';
import { JOB_HELP, JOB_STAGE_HELP, type AddCommand } from '../command-line';
import { statisticsOf } from '../../page/week/statistics';
import type { Context, ExitStatus } from '../context';
import { secondsBefore } from '../durations';
import { listLatestEntries } from '../google/logging';
import { getJob } from '../google/scheduler';
import { attemptInJson, summaryOf, tableOf } from '../jobs/attempt-output';
import { attemptsOf, factsOf, type Attempt } from '../jobs/attempts';
import { follow } from '../jobs/follow';
import { formatTime } from '../jobs/format-time';
import { deadlineSecondsOf } from '../jobs/last-run';
import { findJob } from '../jobs/table';
import { describeWorkerLog, MOST_WITH_LOG, readWorkerLogs } from '../jobs/worker-log-output';
import { readDuration, readInteger } from '../read-option';
import { print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  add('logs', "Show a job's attempts, from Cloud Logging", logs)
    .argument('<job>', JOB_HELP)
    .argument('[stage]', JOB_STAGE_HELP)
    .option(
      '--since <duration>',
      'how far to look back: 30m, 24h, 7d (default: 24h; 30d with --last)',
    )
    .option('--last <n>', 'only the last attempts, 1-1000')
    .option('--failed', 'only failed attempts')
    .option('--worker', `what the worker logged of the last ${MOST_WITH_LOG} of them, too`)
    .addOption(new Option('--follow', 'wait for more attempts until Ctrl-C').conflicts('json'));
}

interface LogsArguments {
  readonly job: string;
  readonly stage?: string;
  /** How far to look back, as typed: `24h`. @default - a day, or 30 days with `last` */
  readonly since?: string;
  /** How many attempts to show, as typed. @default - all */
  readonly last?: string;
  readonly failed?: boolean;
  /** Whether to show what the worker logged. @default false */
  readonly worker?: boolean;
  /** Whether to wait for more. @default false */
  readonly follow?: boolean;
}

/** The most log entries that are read for the last attempts, if these may be far apart. */
const LOG_LIMIT = 15_000;

const LAST_FIX = 'pass a number of attempts, such as --last 20';

/** Shows a job's attempts. */
async function logs(context: Context, args: LogsArguments): Promise<ExitStatus> {
  const { client, location, terminal } = context;
  const job = findJob(context, args.job, args.stage);
  const last =
    args.last === undefined ? undefined : readInteger('--last', args.last, 1000, LAST_FIX);
  const range = readDuration('--since', args.since ?? (last === undefined ? '24h' : '30d'));
  const live = await getJob(client, location, job.name);
  const since = secondsBefore(client.now(), range);
  // An attempt has two entries. Failed ones may be far apart.
  const limit = last === undefined ? Infinity : args.failed === true ? LOG_LIMIT : 2 * last + 2;
  const { entries } = await listLatestEntries(client, location, [job.name], since, limit);
  const isShown = ({ result }: Attempt): boolean => args.failed !== true || result?.ok === false;
  const attempts = attemptsOf(entries)
    .filter(isShown)
    .slice(last === undefined ? 0 : -last);
  const deadlineSeconds = deadlineSecondsOf(live);
  const shown = { job, timeZone: live.timeZone, deadlineSeconds, now: client.now() };
  const statistics = statisticsOf(
    attempts.map((attempt) => factsOf(attempt, shown.now, deadlineSeconds)),
  );
  const workerLogs = await readWorkerLogs(context, job, args.worker === true ? attempts : []);
  if (context.json) {
    printJson(terminal, {
      job: job.name,
      since: since.toISOString(),
      attempts: attempts.map((attempt) => ({
        ...attemptInJson(attempt, job),
        worker: workerLogs.get(attempt),
      })),
      summary: statistics,
    });
    return 0;
  }
  const kind = args.failed === true ? 'failed attempts' : 'attempts';
  if (attempts.length === 0) {
    print(terminal, `No ${kind} of ${job.name} since ${formatTime(live.timeZone, since)}.`);
  } else {
    print(terminal, tableOf(attempts, shown));
    print(terminal, summaryOf(statistics, shown));
    for (const [attempt, log] of workerLogs) {
      print(terminal, describeWorkerLog(attempt, log, live.timeZone));
    }
  }
  if (args.follow === true) await follow(context, entries, isShown, shown);
  return 0;
}
