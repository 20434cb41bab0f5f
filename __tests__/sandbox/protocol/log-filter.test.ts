/** Source of the quotes: https://cloud.google.com/logging/docs/view/logging-query-language */
import { parseFilter } from '../../../sandbox/protocol/log-filter';

const ENTRY = {
  logName: 'projects/p/logs/cloudscheduler.googleapis.com%2Fexecutions',
  severity: 'ERROR',
  timestamp: '2026-11-24T01:00:00.000Z',
  resource: { type: 'cloud_scheduler_job', labels: { job_id: 'a-dev' } },
  jsonPayload: { '@type': 'type.googleapis.com/x.AttemptFinished', status: 'NOT_FOUND' },
  httpRequest: { status: 404 },
};

it.each([
  ['', true],
  ['severity=ERROR', true],
  ['severity>=WARNING', true],
  ['severity>ERROR', false],
  ['severity<ERROR', false],
  ['timestamp>="2026-11-24T00:00:00Z"', true],
  ['timestamp>="2026-11-24T12:00:00+11:00"', true],
  ['timestamp<"2026-11-24T01:00:00Z"', false],
  ['resource.labels.job_id="a-dev"', true],
  ['resource.labels.job_id!="a-dev"', false],
  ['resource.labels.job_id=("b" OR "a-dev")', true],
  ['resource.labels.nothing="a"', false],
  // "If a field is missing, … all comparisons using missing fields fail silently": payloads and labels.
  ['resource.labels.nothing!="a"', false],
  ['jsonPayload.nothing!="a"', false],
  ['NOT resource.labels.nothing="a"', true],
  ['jsonPayload.nothing:*', false],
  // "Comparisons are performed as if the field were present and had its default value."
  ['httpRequest.requestMethod!="GET"', true],
  ['httpRequest.responseSize=0', true],
  ['trace=""', true],
  ['trace:*', false],
  // "Comparisons are not case sensitive."
  ['jsonPayload.status="not_found"', true],
  ['resource.labels.job_id="A-DEV"', true],
  ['severity=error', true],
  ['jsonPayload."@type":"AttemptFinished"', true],
  ['jsonPayload.@type="type.googleapis.com/x.AttemptFinished"', true],
  ['jsonPayload.status:*', true],
  ['httpRequest.status=404', true],
  ['httpRequest.status>=500', false],
  ['severity=ERROR AND httpRequest.status=404', true],
  ['severity=ERROR httpRequest.status=500', false],
  ['severity=INFO OR httpRequest.status=404', true],
  ['severity=ERROR\n(httpRequest.status=500 OR httpRequest.status=404)', true],
  ['NOT severity=ERROR', false],
  ['-severity=INFO', true],
  ['logName="projects/p/logs/cloudscheduler.googleapis.com%2Fexecutions"', true],
])('evaluates %j', (filter, expected) => {
  expect(parseFilter(filter)(ENTRY)).toBe(expected);
});

it.each([
  'severity',
  'severity=',
  '(severity=ERROR',
  'severity=ERROR)',
  'a=~"b"',
  '"a',
  'a=b AND',
  'a=b OR c=d AND e=f',
])('rejects %j', (filter) => {
  expect(() => parseFilter(filter)).toThrow(
    /^(Unparseable filter: syntax error at|The filter mixes AND and OR; add parentheses)/,
  );
});

// "Otherwise, the field is undefined, which is an error that is detected before the query is used."
it.each([
  'thud="a"',
  'operation.thud="a"',
  'textPayload.thud="a"',
  'severity=ERROR AND status=404',
])('rejects the unknown field of %j', (filter) => {
  expect(() => parseFilter(filter)).toThrow(/^Field not found: '(\w+\.)?(thud|status)'\.$/);
});
