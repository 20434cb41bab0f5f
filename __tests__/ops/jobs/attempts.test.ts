import type { LogEntry } from '../../../ops/google/logging';
import { attemptsOf, isRunning } from '../../../ops/jobs/attempts';
import { latencyOf } from '../../../page/week/statistics';
import { describeResult, resultOfCode } from '../../../ops/jobs/result';

const TYPE = 'type.googleapis.com/google.cloud.scheduler.logging.';

function started(at: string): LogEntry {
  return { timestamp: at, jsonPayload: { '@type': `${TYPE}AttemptStarted` } };
}

function finished(at: string, failure?: { status: string; debugInfo: string }): LogEntry {
  return {
    timestamp: at,
    severity: failure ? 'ERROR' : 'INFO',
    httpRequest: { status: 200 },
    jsonPayload: { '@type': `${TYPE}AttemptFinished`, ...failure },
  };
}

it('reads a successful attempt and its latency', () => {
  const [attempt, ...rest] = attemptsOf([
    started('2026-11-24T15:00:00.100Z'),
    finished('2026-11-24T15:00:00.350Z'),
  ]);
  expect(rest).toEqual([]);
  expect(attempt).toEqual({
    startedAt: new Date('2026-11-24T15:00:00.100Z'),
    finishedAt: new Date('2026-11-24T15:00:00.350Z'),
    result: { ok: true, kind: 'ok', httpStatus: 200, status: 'OK' },
    debugInfo: '',
  });
  expect(attempt && latencyOf(attempt)).toBe(0.25);
});

it.each([
  // The prefix is misleading: only the number counts.
  [
    'NOT_FOUND',
    'URL_ERROR-ERROR_NOT_FOUND. Original HTTP response code number = 404',
    'notFound',
    404,
  ],
  [
    'PERMISSION_DENIED',
    'URL_ERROR-ERROR_NOT_FOUND. Original HTTP response code number = 403',
    'forbidden',
    403,
  ],
  [
    'UNAUTHENTICATED',
    'URL_ERROR-ERROR_AUTHENTICATION. Original HTTP response code number = 401',
    'unauthenticated',
    401,
  ],
  ['DEADLINE_EXCEEDED', 'URL_TIMEOUT-TIMEOUT_WEB', 'deadline', 200],
  [
    'UNAVAILABLE',
    'URL_UNREACHABLE-UNREACHABLE_5xx. Original HTTP response code number = 503',
    'unavailable',
    503,
  ],
  [
    'INTERNAL',
    'URL_UNREACHABLE-UNREACHABLE_5xx. Original HTTP response code number = 504',
    'deadline',
    504,
  ],
  [
    'INTERNAL',
    'URL_UNREACHABLE-UNREACHABLE_5xx. Original HTTP response code number = 500',
    'failed',
    500,
  ],
])('reads a failed attempt: %s, %s', (status, debugInfo, kind, httpStatus) => {
  const [attempt] = attemptsOf([finished('2026-11-24T15:00:00Z', { status, debugInfo })]);
  expect(attempt?.result).toEqual({ ok: false, kind, httpStatus, status });
  expect(attempt?.debugInfo).toBe(debugInfo);
  expect(attempt?.startedAt).toBeUndefined();
});

it('tells overlapping attempts apart', () => {
  const attempts = attemptsOf([
    started('2026-11-24T15:00:00Z'),
    started('2026-11-24T15:00:10Z'),
    finished('2026-11-24T15:00:20Z'),
    finished('2026-11-24T15:00:30Z'),
  ]);
  expect(attempts.map(latencyOf)).toEqual([20, 20]);
});

it('treats an attempt without an end as running until its deadline', () => {
  const [attempt] = attemptsOf([started('2026-11-24T15:00:00Z')]);
  if (attempt === undefined) throw new Error('no attempt was read');
  expect(isRunning(attempt, new Date('2026-11-24T15:10:00Z'), 600)).toBe(true);
  expect(isRunning(attempt, new Date('2026-11-24T15:10:01Z'), 600)).toBe(false);
});

it('ignores other log entries', () => {
  expect(attemptsOf([{ timestamp: '2026-11-24T15:00:00Z' }])).toEqual([]);
});

it.each([
  [0, 'succeeded'],
  [4, 'no response within the deadline'],
  [5, '404: no such endpoint'],
  [7, '403: not allowed to invoke the worker'],
  [13, '500: failed'],
  [14, '503: worker unavailable'],
  [16, '401: token rejected by the worker'],
  [2, 'UNKNOWN: failed'],
  [99, 'CODE_99: failed'],
])('describes code %i as "%s"', (code, description) => {
  expect(describeResult(resultOfCode(code))).toBe(description);
});
