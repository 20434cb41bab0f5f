/** How an attempt ended, from either a job's `status` or the log. */
export interface Result {
  readonly ok: boolean;
  readonly kind: ResultKind;
  /** The status of the worker's response, if known. */
  readonly httpStatus: number | undefined;
  /** Google's name for it: `NOT_FOUND`; `OK` for success. */
  readonly status: string;
}

export type ResultKind =
  | 'ok'
  | 'notFound'
  | 'forbidden'
  | 'unauthenticated'
  | 'deadline'
  | 'unavailable'
  | 'refused'
  | 'failed';

/**
 * The codes that Cloud Scheduler maps responses to, with the HTTP status that each stands for, if it is one.
 *
 * Source: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const CODES: Readonly<Record<number, readonly [status: string, httpStatus?: number]>> = {
  0: ['OK', 200],
  1: ['CANCELLED', 499],
  2: ['UNKNOWN'],
  3: ['INVALID_ARGUMENT'],
  4: ['DEADLINE_EXCEEDED'],
  5: ['NOT_FOUND', 404],
  6: ['ALREADY_EXISTS', 409],
  7: ['PERMISSION_DENIED', 403],
  8: ['RESOURCE_EXHAUSTED', 429],
  9: ['FAILED_PRECONDITION'],
  10: ['ABORTED', 409],
  11: ['OUT_OF_RANGE'],
  12: ['UNIMPLEMENTED', 501],
  13: ['INTERNAL', 500],
  14: ['UNAVAILABLE', 503],
  16: ['UNAUTHENTICATED', 401],
};

const DESCRIPTIONS: Readonly<Record<ResultKind, string>> = {
  ok: 'succeeded',
  notFound: 'no such endpoint',
  forbidden: 'not allowed to invoke the worker',
  unauthenticated: 'token rejected by the worker',
  deadline: 'no response within the deadline',
  unavailable: 'worker unavailable',
  refused: 'request refused by the worker',
  failed: 'failed',
};

/** The result that a code of google.rpc stands for. */
export function resultOfCode(code: number): Result {
  const [status, httpStatus] = CODES[code] ?? [`CODE_${code}`];
  return resultOf(status, httpStatus);
}

/** The result of a status name, with the worker's own HTTP status if known. */
export function resultOf(status: string, httpStatus: number | undefined): Result {
  const known = httpStatus ?? Object.values(CODES).find(([name]) => name === status)?.[1];
  const kind = kindOf(status, known);
  return { ok: kind === 'ok', kind, httpStatus: known, status };
}

/** `succeeded`, `404: no such endpoint` */
export function describeResult({ kind, httpStatus, status }: Result): string {
  if (kind === 'ok') return DESCRIPTIONS.ok;
  if (kind === 'deadline') return DESCRIPTIONS.deadline;
  return `${httpStatus ?? status}: ${DESCRIPTIONS[kind]}`;
}

function kindOf(status: string, httpStatus: number | undefined): ResultKind {
  if (status === 'OK') return 'ok';
  // 504 is Cloud Run's own time limit.
  if (status === 'DEADLINE_EXCEEDED' || httpStatus === 504) return 'deadline';
  switch (httpStatus) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    // Cloud Run itself answers 429 when all of a service's instances are busy.
    case 429:
    case 503:
      return 'unavailable';
    default:
      return isRefusal(status, httpStatus) ? 'refused' : 'failed';
  }
}

/** A redirect, or a method, a body or a host that the worker does not take: no task ran. */
function isRefusal(status: string, httpStatus: number | undefined): boolean {
  if (httpStatus === undefined) return REFUSALS.includes(status);
  return httpStatus >= 300 && httpStatus < 500;
}

/** What stands for 400, 405 and 415 alike. */
const REFUSALS = ['INVALID_ARGUMENT', 'FAILED_PRECONDITION', 'OUT_OF_RANGE'];
