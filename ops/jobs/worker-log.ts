import { workerServiceName } from '../../stages/naming';
import type { Context } from '../context';
import { secondsAfter, secondsBefore, secondsOf } from '../durations';
import { Failed, orFailed } from '../errors';
import { listServiceEntries, type ServiceLogEntry } from '../google/worker-log';
import type { TableJob } from './table';

/** What the worker logged while it handled an attempt. */
export type WorkerLog =
  | {
      readonly kind: 'read';
      /** In order of time; none if it logged nothing. */
      readonly lines: readonly WorkerLine[];
      /** Whether the lines are only of that time, so that some may be of other requests. */
      readonly isByTime: boolean;
    }
  | { readonly kind: 'unreadable'; readonly why: string };

export interface WorkerLine {
  readonly at: Date;
  readonly severity: string;
  /** Its message, and of a traceback the exception. */
  readonly text: string;
  /** Whether it has a traceback. */
  readonly isException?: boolean;
}

/** When an attempt was made, and how it ended. */
export interface AttemptWindow {
  readonly from: Date;
  readonly to: Date;
  readonly httpStatus: number | undefined;
}

/** By how much the clocks of the log's writers may differ, and the last entry may be late. */
const SKEW_SECONDS = 1;
const DELAY_SECONDS = 5;
const MOST_LINES = 20;

/** Reads what a job's worker logged of an attempt. It does not throw when it cannot be read. */
export async function readWorkerLog(
  { client, location, settings }: Context,
  { stage, definition }: TableJob,
  { from, to, httpStatus }: AttemptWindow,
): Promise<WorkerLog> {
  const service = workerServiceName(settings.appName, stage);
  const range = {
    from: secondsBefore(from, SKEW_SECONDS),
    to: secondsAfter(to, DELAY_SECONDS),
  };
  const entries = await orFailed(listServiceEntries(client, location, service, range));
  if (entries instanceof Failed) return { kind: 'unreadable', why: entries.what };
  return linesOf(entries, definition.endpoint, httpStatus);
}

/** The lines of the attempt's request: those with its trace; without any, the warnings of that time. */
export function linesOf(
  entries: readonly ServiceLogEntry[],
  endpoint: string,
  httpStatus: number | undefined,
): WorkerLog {
  const requests = entries.filter(
    ({ httpRequest }) =>
      pathOf(httpRequest?.requestUrl) === endpoint &&
      (httpStatus === undefined || httpRequest?.status === httpStatus),
  );
  const request = requests.at(-1);
  const written = entries.filter((entry) => entry.httpRequest === undefined);
  const traced = written.filter(
    ({ trace }) => trace !== undefined && requests.some((each) => each.trace === trace),
  );
  // Apps that write no trace, as Validibot does not, are told by time alone.
  const until = secondsAfter(endOf(request), SKEW_SECONDS);
  const ofTime = written.filter(
    ({ trace, severity, timestamp }) =>
      trace === undefined && isWarning(severity) && !(new Date(timestamp) > until),
  );
  const remark = request?.textPayload === undefined ? [] : [request];
  const found = [...remark, ...(traced.length > 0 ? traced : ofTime)];
  const lines = found.slice(-MOST_LINES).map((entry) => ({
    at: new Date(entry.timestamp),
    severity: entry.severity ?? 'DEFAULT',
    ...textOf(entry),
  }));
  return { kind: 'read', lines, isByTime: traced.length === 0 && ofTime.length > 0 };
}

/** When a request ended; an invalid date if that is not known. */
function endOf(request: ServiceLogEntry | undefined): Date {
  const latency = secondsOf(request?.httpRequest?.latency) ?? 0;
  return secondsAfter(new Date(request?.timestamp ?? NaN), latency);
}

function pathOf(url = ''): string | undefined {
  return URL.canParse(url) ? new URL(url).pathname : undefined;
}

function isWarning(severity = 'DEFAULT'): boolean {
  return !['DEFAULT', 'DEBUG', 'INFO', 'NOTICE'].includes(severity);
}

function textOf({
  textPayload,
  jsonPayload = {},
}: ServiceLogEntry): Pick<WorkerLine, 'text' | 'isException'> {
  const {
    message,
    exc_info: traceback,
    exception = traceback,
    stack_trace = exception,
  } = jsonPayload;
  const first =
    typeof message === 'string' ? message : (textPayload ?? JSON.stringify(jsonPayload));
  const error = typeof stack_trace === 'string' ? exceptionIn(stack_trace) : undefined;
  return error === undefined ? { text: first } : { text: `${first}: ${error}`, isException: true };
}

/** The exception of a traceback: its last line that begins with a name and a colon. */
export function exceptionIn(traceback: string): string | undefined {
  return traceback.split('\n').findLast((line) => /^[A-Za-z_][\w.]*(:|$)/.test(line));
}
