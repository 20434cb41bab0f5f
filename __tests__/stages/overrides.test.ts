import { validateAll } from '../../lib/synth/validate';
import { App } from 'cdktf';
import type { Stage } from '../../stages/stages';
import { configurationOf } from '../support/scheduled-job';
import { customStack, jobsOf } from '../support/stages';

/** Every mistake in a stage, with its path. */
function mistakesOf(stage: Stage): string[] {
  return validateAll(App.of(customStack(stage)));
}

it.each([
  [{ schedule: '30 4 * * *' }, { schedule: '30 4 * * *' }],
  [{ attemptDeadlineSeconds: 1800 }, { attempt_deadline: '1800s' }],
  [{ paused: true }, { paused: true }],
  [{ paused: false }, { paused: false }],
])('changes only the job of %j', (override, expected) => {
  const plain = jobsOf(customStack({}));

  const changed = jobsOf(customStack({ jobs: { 'clear-sessions': override } }));

  expect(changed).toEqual({
    ...plain,
    'clear-sessions': { ...plain['clear-sessions'], ...expected },
  });
});

it('changes only the count of retries', () => {
  const jobs = jobsOf(customStack({ jobs: { 'cleanup-stuck-runs': { retryCount: 3 } } }));

  expect(jobs['cleanup-stuck-runs']?.retry_config).toEqual({
    retry_count: 3,
    min_backoff_duration: '5s',
    max_backoff_duration: '3600s',
    max_doublings: 5,
    max_retry_duration: '0s',
  });
});

it('leaves an omitted job out of the stack', () => {
  const stack = customStack({ jobs: { 'clear-sessions': { omit: true } } });

  expect(Object.keys(jobsOf(stack))).toHaveLength(5);
  expect(JSON.stringify(configurationOf(stack))).not.toContain('clear-sessions');
});

it('keeps a job with omit: false', () => {
  expect(customStack({ jobs: { 'clear-sessions': { omit: false } } }).node.children).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'validibot-clear-sessions-dev' })]),
  );
});

it('reports invalid overrides as mistakes of their jobs', () => {
  const mistakes = mistakesOf({
    jobs: {
      'clear-sessions': { schedule: '0 25 * * *', retryCount: 6 },
      'cleanup-stuck-runs': { attemptDeadlineSeconds: 5 },
    },
  });

  expect(mistakes.map((mistake) => mistake.replace(/\. Fix: .*/, ''))).toEqual([
    'validibot-dev/clear-sessions: Invalid schedule "0 25 * * *": hour "25" must be 0-23',
    'validibot-dev/clear-sessions: Invalid retryCount 6: must be 0-5',
    'validibot-dev/cleanup-stuck-runs: Invalid attemptDeadlineSeconds 5: must be 15-1800',
  ]);
});

describe('workerUrl', () => {
  const workerUrl = 'https://validibot-worker-123456789.australia-southeast1.run.app';

  it('is the target, the audience and an output, and the service is still looked up', () => {
    const stack = customStack({ workerUrl });
    const configuration = configurationOf(stack);

    expect(mistakesOf({ workerUrl })).toEqual([]);
    expect(jobsOf(stack)['clear-sessions']?.http_target).toMatchObject({
      uri: `${workerUrl}/api/v1/scheduled/clear-sessions/`,
      oidc_token: { audience: workerUrl },
    });
    expect(configuration.output?.worker_url).toEqual({ value: workerUrl });
    expect(JSON.stringify(configuration)).not.toContain('worker.uri}');
    expect(configuration.data).toHaveProperty('google_cloud_run_v2_service.worker');
  });

  it.each([
    `${workerUrl}/`,
    `${workerUrl}/api`,
    `${workerUrl}?x=1`,
    `${workerUrl}:443`,
    workerUrl.replace('https', 'HTTPS'),
    workerUrl.replace('validibot', 'Validibot'),
  ])('must be an origin: %s', (given) => {
    expect(mistakesOf({ workerUrl: given })).toContain(
      `validibot-dev: Invalid workerUrl ${shown(given)}: ` +
        'must be an origin, because the worker compares the whole audience. ' +
        'Expected: scheme and host, in lower case, without a path or trailing slash. ' +
        `Fix: write ${workerUrl}.`,
    );
  });

  it.each([
    ['', 'is not a URL'],
    ['validibot-worker.run.app', 'is not a URL'],
    ['http://validibot-worker.run.app', 'must use https'],
  ])('must be an https URL: %j', (given, wrong) => {
    expect(mistakesOf({ workerUrl: given })).toContain(
      `validibot-dev: Invalid workerUrl ${shown(given)}: ${wrong}. ` +
        'Expected: an https URL, or http on localhost, 127.0.0.1 or [::1]. ' +
        'Fix: write it like https://worker.example.com/path/.',
    );
  });

  it('never prints its password', () => {
    const mistakes = mistakesOf({ workerUrl: 'https://user:p@hunter2@worker.run.app' });

    expect(mistakes).toContainEqual(
      expect.stringContaining(
        'Invalid workerUrl "https://…@worker.run.app": must not contain credentials',
      ),
    );
    expect(mistakes.join('\n')).not.toContain('hunter2');
  });
});

/** A value as in messages: its first 60 characters. */
function shown(given: string): string {
  return JSON.stringify(given.length > 60 ? `${given.slice(0, 60)}…` : given);
}
