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
  ['resource.labels.nothing!="a"', true],
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
