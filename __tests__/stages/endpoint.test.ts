import { App } from 'cdktf';
import { validateAll } from '../../lib/synth/validate';
import { checkEndpoint } from '../../stages/endpoint';
import { JOBS, type JobDefinition } from '../../stages/jobs';
import { customStack } from '../support/stages';

it.each(['/tidy/', '/api/v1/scheduled/tidy-up/', '/a.b/~c/%C3%A4/'])('accepts %s', (endpoint) => {
  expect(checkEndpoint(endpoint)).toEqual([]);
});

it.each([
  ['api/v1/tidy/', 'must start with a slash'],
  ['api/v1/tidy', 'must start with a slash'],
  ['/api/v1/tidy', 'must end with a slash: without it, the worker answers 500'],
])('rejects %s, and suggests both slashes', (endpoint, wrong) => {
  expect(checkEndpoint(endpoint)).toEqual([{ wrong, fix: 'write /api/v1/tidy/' }]);
});

it.each([
  '',
  '/',
  '@evil.example.com/x/',
  '//evil.example.com/x/',
  '/\\evil.example.com/x/',
  'https://evil.example.com/x/',
  ':8080/x/',
  '/x/?all=1',
  '/x?y=/',
  '/x/#top',
  '/x y/',
  ' /x/',
  '/x/\n',
  '/a//b/',
  '/a/../b/',
  '/./b/',
  '/ä/',
  '/100%/',
  '/%zz/',
  '/${x}/',
])('rejects %j', (endpoint) => {
  expect(checkEndpoint(endpoint)).toEqual([
    {
      wrong:
        'must be a percent-encoded path without host, query, fragment, spaces, empty segments, `.` or `..`',
      expected: 'a path such as /api/v1/scheduled/clear-sessions/',
      fix: 'correct it in stages/jobs.ts',
    },
  ]);
});

it('is checked at synth, although only Terraform knows the host', () => {
  const jobs: Readonly<Record<string, JobDefinition>> = JOBS;
  const [[task, job] = []] = Object.entries(jobs);
  if (job === undefined) throw new Error('The table is empty.');
  const endpoint = jest.replaceProperty(job, 'endpoint', 'api/tidy/');
  try {
    expect(validateAll(App.of(customStack({})))).toEqual([
      `validibot-dev/${task}: Invalid endpoint "api/tidy/": must start with a slash. ` +
        'Fix: write /api/tidy/.',
    ]);
  } finally {
    endpoint.restore();
  }
});
