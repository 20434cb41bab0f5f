import { JOB_HELP, JOB_STAGE_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { formatDuration } from '../../constructs/core/format-duration';
import { withFix } from '../errors';
import { fixInJson } from '../fixes/render';
import { describeLocation, getJob, runJob, type Job } from '../google/scheduler';
import { describeResult } from '../jobs/result';
import { adviceFor, type Advice } from '../jobs/advice';
import { explain, isExplainedByLog } from '../jobs/explain';
import { findJob, type TableJob } from '../jobs/table';
import { findWorker } from '../jobs/workers';
import { readWorkerLog } from '../jobs/worker-log';
import { runAndWait, type RunOutcome } from '../jobs/wait';
import { print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  add('run', 'Run a job now and wait for its result', run)
    .argument('<job>', JOB_HELP)
    .argument('[stage]', JOB_STAGE_HELP)
    .option('--no-wait', 'start the job without waiting for its result');
}

interface RunArguments {
  readonly job: string;
  readonly stage?: string;
  /** Whether to wait for the result. */
  readonly wait: boolean;
}

/** Runs a job now and waits for the result of that attempt. */
async function run(context: Context, args: RunArguments): Promise<ExitStatus> {
  const { client, location, terminal } = context;
  const job = findJob(context, args.job, args.stage);
  if (!args.wait) {
    await runJob(client, location, job.name);
    if (context.json) printJson(terminal, { ...location, job: job.name });
    else print(terminal, `Started ${job.name} in ${describeLocation(location)}.`);
    return 0;
  }
  const live = await getJob(client, location, job.name);
  const outcome = await runAndWait(context, job, live);
  const advice = await adviceOn(context, job, live, outcome);
  report(context, job, outcome, advice);
  return outcome.result.ok ? 0 : 1;
}

/** Advice on a failure, by the worker's own log where that can tell the cause. */
async function adviceOn(
  context: Context,
  job: TableJob,
  live: Job,
  { result, from, to }: RunOutcome,
): Promise<Advice> {
  const general = adviceFor(result, job);
  if (!isExplainedByLog(result) || from === undefined || to === undefined) return general;
  const [log, worker] = await Promise.all([
    readWorkerLog(context, job, { from, to, httpStatus: result.httpStatus }),
    findWorker(context, job.stage),
  ]);
  const { origins, url } = worker;
  const advice = explain(result, job, { log, live, origins, workerUrl: url }) ?? general;
  return advice.isGuess ? { ...advice, fix: general.fix } : advice;
}

function report(context: Context, job: TableJob, outcome: RunOutcome, advice: Advice): void {
  const { result, latencySeconds, debugInfo } = outcome;
  if (context.json) {
    printJson(context.terminal, {
      ...context.location,
      job: job.name,
      overlapping: outcome.isOverlapping,
      ok: result.ok,
      status: result.status,
      httpStatus: result.httpStatus,
      latencySeconds,
      cause: result.ok ? undefined : advice.cause,
      debugInfo: debugInfo === '' ? undefined : debugInfo,
      ...(!result.ok && fixInJson(advice.fix)),
    });
    return;
  }
  const took = latencySeconds === undefined ? '' : ` in ${formatDuration(latencySeconds)}`;
  print(
    context.terminal,
    `${job.name} in ${describeLocation(context.location)}: ${describeResult(result)}${took}`,
  );
  if (result.ok) return;
  if (debugInfo !== '') print(context.terminal, `Google says: ${debugInfo}`);
  print(context.terminal, withFix(`Cause: ${advice.cause}`, advice.fix));
}
