import type { ServiceLogEntry } from '../../../ops/google/worker-log';
import { exceptionIn, linesOf } from '../../../ops/jobs/worker-log';

const ENDPOINT = '/tasks/sweep/';
const TRACE = 'projects/p/traces/0af7651916cd43dd8448eb211c80319c';

function at(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 26, 4, 0, seconds)).toISOString();
}

const REQUEST: ServiceLogEntry = {
  timestamp: at(10),
  severity: 'ERROR',
  trace: TRACE,
  httpRequest: { requestUrl: `https://w.run.app${ENDPOINT}`, status: 500, latency: '1.5s' },
};

const line = (seconds: number, message: string, fields: object = {}): ServiceLogEntry => ({
  timestamp: at(seconds),
  severity: 'ERROR',
  jsonPayload: { message },
  ...fields,
});

const textsOf = (entries: readonly ServiceLogEntry[], status: number | undefined = 500) => {
  const log = linesOf(entries, ENDPOINT, status);
  if (log.kind === 'unreadable') throw new Error(log.why);
  return { texts: log.lines.map(({ text }) => text), isByTime: log.isByTime };
};

it('has the lines with the trace of the request', () => {
  const entries = [line(10, 'other'), line(11, 'own', { trace: TRACE }), REQUEST];
  expect(textsOf(entries)).toEqual({ texts: ['own'], isByTime: false });
});

it('has the warnings of that time where lines have no trace, up to the end of the request', () => {
  const entries = [
    line(10, 'careful', { severity: 'WARNING' }),
    line(11, 'fine', { severity: 'INFO' }),
    line(12, 'another request', { trace: 'projects/p/traces/1' }),
    REQUEST,
    line(14, 'later'),
  ];
  expect(textsOf(entries)).toEqual({ texts: ['careful'], isByTime: true });
});

it('has the remark of Cloud Run on a request that it did not let in', () => {
  const request = { ...REQUEST, textPayload: 'The request was not authenticated.' };
  expect(textsOf([request])).toEqual({
    texts: ['The request was not authenticated.'],
    isByTime: false,
  });
});

it('ignores requests of other paths and other results', () => {
  const remark = { textPayload: 'No.' };
  const elsewhere = { ...REQUEST, ...remark, httpRequest: { requestUrl: 'https://w.run.app/x/' } };
  expect(textsOf([{ ...REQUEST, ...remark }], 401).texts).toEqual([]);
  expect(textsOf([elsewhere], undefined).texts).toEqual([]);
});

it('appends the exception of a traceback to its message', () => {
  const exc_info =
    'Traceback (most recent call last):\n  File "a.py", line 1\napp.Wrong: no\nLINE 1: x\n  ^';
  expect(
    textsOf([{ ...line(10, ''), jsonPayload: { message: 'Failed', exc_info } }]).texts,
  ).toEqual(['Failed: app.Wrong: no']);
  expect(exceptionIn('no traceback at all')).toBeUndefined();
});
