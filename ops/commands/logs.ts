import { JOB_HELP, type CommandLine, type CommonOptions } from '../command-line';
import { renderTable } from '../../lib/table';
import type { Context, ExitStatus } from '../context';
import { durationInWords, secondsOf } from '../durations';
import { WrongUse } from '../errors';
import { listEntries } from '../google/logging';
import { getJob } from '../google/scheduler';
import { adviceFor } from '../jobs/advice';
import { attemptsOf, isUnderWay, latencyOf, type Attempt } from '../jobs/attempts';
import { inZone } from '../jobs/format-time';
import { resultInWords } from '../jobs/result';
import { findJob, type TableJob } from '../jobs/table';
import { print, printJson } from '../terminal';

interface LogsOptions extends CommonOptions {
  readonly since: string;
  readonly failed?: boolean;
}

export function define({ add, run }: CommandLine): void {
  add('logs', 'gcp-scheduler-logs', "A job's attempts, from Cloud Logging.")
    .argument('<job>', JOB_HELP)
    .argument('[stage]')
    .option('--since <duration>', 'how far to look back: 30m, 24h, 7d', '24h')
    .option('--failed', 'only attempts that failed')
    .action((job: string, stage: string | undefined, options: LogsOptions) =>
      run(options, (context) => logs(context, { job, stage, ...options })),
    );
}

export interface LogsArguments {
  readonly job: string;
  readonly stage?: string;
  /** How far to look back, as it was typed: `24h`. */
  readonly since: string;
  readonly failed?: boolean;
}

/** A job's attempts. */
export async function logs(context: Context, args: LogsArguments): Promise<ExitStatus> {
  const { client, location, settings, terminal } = context;
  const job = findJob(settings, location, args.job, args.stage);
  const reach = readDuration(args.since);
  const live = await getJob(client, location, job.name);
  const since = new Date(client.now().getTime() - reach);
  const attempts = attemptsOf(await listEntries(client, location, job.name, since)).filter(
    ({ result }) => !args.failed || result?.ok === false,
  );
  const deadline = (secondsOf(live.attemptDeadline) ?? 180) * 1000;
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
    const kind = args.failed ? 'No failed attempt' : 'No attempt';
    print(terminal, `${kind} of ${job.name} since ${inZone(live.timeZone, since)}.`);
    return 0;
  }
  const rows = attempts.map((attempt) => [
    inZone(live.timeZone, attempt.startedAt ?? attempt.finishedAt),
    ...ofAttempt(attempt),
  ]);
  print(terminal, renderTable(['when', 'status', 'latency', 'cause'], rows));
  print(terminal, `${job.name}. Times are those of ${live.timeZone ?? 'UTC'}.`);
  return 0;
}

/** Status, latency and cause. */
function describe(attempt: Attempt, job: TableJob, deadline: number, now: Date): string[] {
  const { result, debugInfo } = attempt;
  if (result === undefined) {
    return isUnderWay(attempt, now, deadline)
      ? ['under way', '', '']
      : ['unknown', '', 'its end was not logged'];
  }
  const latency = latencyOf(attempt);
  const took = latency === undefined ? '' : durationInWords(latency);
  if (result.ok) return [resultInWords(result), took, ''];
  return [resultInWords(result), took, debugInfo || adviceFor(result, job).cause];
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

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds. */
function readDuration(given: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(given) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new WrongUse([
    {
      subject: '--since',
      given,
      wrong: 'it is not a duration',
      expected: 'a whole number with m, h or d',
      fix: 'write it like 30m, 24h or 7d',
    },
  ]);
}
