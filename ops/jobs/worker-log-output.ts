import { table, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import type { Context } from '../context';
import type { Attempt } from './attempts';
import { formatTime } from './format-time';
import type { TableJob } from './table';
import { readWorkerLog, type WorkerLog } from './worker-log';

/** Each takes a call of Cloud Logging, which allows 60 a minute. */
export const MOST_WITH_LOG = 10;

/** What the worker logged of the last attempts that have ended. */
export async function readWorkerLogs(
  context: Context,
  job: TableJob,
  attempts: readonly Attempt[],
): Promise<Map<Attempt, WorkerLog>> {
  const logs = new Map<Attempt, WorkerLog>();
  for (const attempt of attempts.slice(-MOST_WITH_LOG)) {
    const { startedAt: from, finishedAt: to, result } = attempt;
    if (from === undefined || to === undefined) continue;
    const { httpStatus } = result ?? {};
    logs.set(attempt, await readWorkerLog(context, job, { from, to, httpStatus }));
  }
  return logs;
}

export function describeWorkerLog(
  { startedAt }: Attempt,
  log: WorkerLog,
  timeZone: string | undefined,
): Text {
  const head = `\nWorker's log of the attempt at ${formatTime(timeZone, startedAt)}`;
  if (log.kind === 'unreadable') return `${head} could not be read: ${log.why}`;
  if (log.lines.length === 0) return `${head}: nothing.`;
  const rows = log.lines.map(({ at: time, severity, text }) => [
    formatTime(timeZone, time),
    severity,
    visible(text),
  ]);
  const remark = log.isByTime ? ', by time; lines of other requests may be among them' : '';
  return [`${head}${remark}:\n`, table(['when', 'severity', 'message'], rows)];
}
