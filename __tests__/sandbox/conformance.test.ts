import { ABSENT, checksOf, type Call } from '../../sandbox/conformance/checks';
import { runChecks } from '../../sandbox/conformance/run-checks';
import { describeOutcome } from '../../tools/conformance/describe';
import { PARENT, useClient } from './client';

const client = useClient();

const place = { parent: PARENT, job: 'throwaway' };

const call: Call = async (method, path, body, { anonymous } = {}) => {
  if (!anonymous) return client.call(method, path, body);
  const response = await fetch(`${client.sandbox.url}${path}`, { method });
  return { status: response.status, body: await response.json() };
};

const jobs = async () => (await client.call('GET', `/v1/${PARENT}/jobs`)).body.jobs;

it('finds no difference in the sandbox, and leaves nothing behind', async () => {
  const outcome = await runChecks(call, place);
  expect(outcome).toEqual({ checks: checksOf(place).length, differences: [], problems: [] });
  expect(await jobs()).toBeUndefined();
});

it('reports each field in which an answer differs, in a table that nothing in it breaks', async () => {
  const other: Call = async (method, path, ...rest) => {
    const answer = await call(method, path, ...rest);
    const created = method === 'POST' && path.endsWith('/jobs') && answer.status === 200;
    const timeZone = 'Etc/UTC |\u001b[2J';
    return created
      ? { ...answer, body: { ...(answer.body as object), timeZone, retryConfig: {} } }
      : answer;
  };
  const outcome = await runChecks(other, place);
  expect(outcome.differences).toEqual([
    {
      check: 'create with defaults',
      field: 'timeZone',
      sandbox: 'UTC',
      answer: expect.any(String) as string,
    },
    { check: 'create with defaults', field: 'retryConfig', sandbox: 'none', answer: '{}' },
  ]);
  expect(describeOutcome(outcome, 'Google').split('\n')).toEqual([
    '| Check | Field | Sandbox | Google |',
    '| --- | --- | --- | --- |',
    '| create with defaults | timeZone | UTC | Etc/UTC \\|\\u{1b}[2J |',
    '| create with defaults | retryConfig | none | {} |',
    '',
    `${checksOf(place).length} checks: 2 differences.`,
  ]);
});

it('deletes the job if the checks fail halfway', async () => {
  const broken: Call = (method, path, ...rest) =>
    path.endsWith(':resume')
      ? Promise.reject(new Error('connection lost'))
      : call(method, path, ...rest);
  const { problems } = await runChecks(broken, place);
  expect(problems).toEqual(['resume: connection lost']);
  expect(await jobs()).toBeUndefined();
});

it('says which job may be left if it cannot be deleted', async () => {
  const broken: Call = (method, path, ...rest) =>
    method === 'DELETE'
      ? Promise.reject(new Error('connection lost'))
      : call(method, path, ...rest);
  const { problems } = await runChecks(broken, place);
  expect(problems).toEqual([
    'delete: connection lost',
    'throwaway may not be deleted: connection lost',
  ]);
});

it('pauses the job in the first call after its creation, and runs nothing but that job', () => {
  const checks = checksOf(place);
  const creation = checks.findIndex(({ fields }) => fields?.retryConfig === ABSENT);
  expect(checks[creation + 1]?.path).toMatch(/\/jobs\/throwaway:pause$/);
  for (const { method, path, body } of checks.filter((check) => check.method !== 'GET')) {
    expect(`${method} ${path} ${JSON.stringify(body)}`).toContain('/jobs/throwaway');
  }
});
