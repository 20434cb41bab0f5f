import { JOB_HELP, JOB_STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import { visible } from '../../lib/text/visible';
import { table } from '../../lib/text/text';
import type { Context, ExitStatus } from '../context';
import { formatDuration } from '../../constructs/core/format-duration';
import { listEntries } from '../google/logging';
import { getJob } from '../google/scheduler';
import { adviceFor } from '../jobs/advice';
import { attemptsOf, isRunning, latencyOf, type Attempt } from '../jobs/attempts';
import { formatTime } from '../jobs/format-time';
import { deadlineOf } from '../jobs/last-run';
import { describeResult } from '../jobs/result';
import { findJob, type TableJob } from '../jobs/table';
import { readDuration } from '../read-duration';
import { print, printJson } from '../terminal';

interface LogsOptions extends CommonOptions {
  readonly since: string;
  readonly failed?: boolean;
}

export function define({ add, run }: CommandLine): void {
  add('logs', "Show a job's attempts, from Cloud Logging")
    .argument('<job>', JOB_HELP)
    .argument('[stage]', JOB_STAGE_HELP)
    .option('--since <duration>', 'how far to look back: 30m, 24h, 7d', '24h')
    .option('--failed', 'only failed attempts')
    .action((job: string, stage: string | undefined, options: LogsOptions) =>
      run(options, (context) => logs(context, { job, stage, ...options })),
    );
}

export interface LogsArguments {
  readonly job: string;
  readonly stage?: string;
  /** How far to look back, as typed: `24h`. */
  readonly since: string;
  readonly failed?: boolean;
}

/** Shows a job's attempts. */
export async function logs(context: Context, args: LogsArguments): Promise<ExitStatus> {
  const { client, location, settings, terminal } = context;
  const job = findJob(settings, location, args.job, args.stage);
  const range = readDuration('--since', args.since);
  const live = await getJob(client, location, job.name);
  const since = new Date(client.now().getTime() - range);
  const attempts = attemptsOf(await listEntries(client, location, job.name, since)).filter(
    ({ result }) => !args.failed || result?.ok === false,
  );
  const deadline = deadlineOf(live);
  const ofAttempt = (attempt: Attempt) => describe(attempt, job, deadline, client.now());
  if (context.json) {
    printJson(terminal, {
      job: job.name,
      since: since.toISOString(),
      attempts: attempts.map((attempt) => toJson(attempt, job)),
    });
    return 0;
  }
  if (attempts.length === 0) {
    const kind = args.failed ? 'No failed attempts' : 'No attempts';
    print(terminal, `${kind} of ${job.name} since ${formatTime(live.timeZone, since)}.`);
    return 0;
  }
  const rows = attempts.map((attempt) => [
    formatTime(live.timeZone, attempt.startedAt ?? attempt.finishedAt),
    ...ofAttempt(attempt),
  ]);
  print(terminal, table(['when', 'status', 'latency', 'cause'], rows));
  print(terminal, `${job.name}. Times are in ${visible(live.timeZone ?? 'UTC')}.`);
  return 0;
}

/** Status, latency and cause. */
function describe(attempt: Attempt, job: TableJob, deadline: number, now: Date): string[] {
  const { result, debugInfo } = attempt;
  if (result === undefined) {
    return isRunning(attempt, now, deadline)
      ? ['running', '', '']
      : ['unknown', '', 'its end is not in the log'];
  }
  const latency = latencyOf(attempt);
  const took = latency === undefined ? '' : formatDuration(latency / 1000);
  if (result.ok) return [describeResult(result), took, ''];
  return [describeResult(result), took, debugInfo || adviceFor(result, job).cause];
}

function toJson(attempt: Attempt, job: TableJob) {
  const { startedAt, finishedAt, result, debugInfo } = attempt;
  const latency = latencyOf(attempt);
  return {
    startedAt: startedAt?.toISOString(),
    finishedAt: finishedAt?.toISOString(),
    ok: result?.ok,
    status: result?.status,
    httpStatus: result?.httpStatus,
    latencySeconds: latency === undefined ? undefined : latency / 1000,
    cause: result?.ok === false ? adviceFor(result, job).cause : undefined,
    debugInfo: debugInfo === '' ? undefined : debugInfo,
  };
}
