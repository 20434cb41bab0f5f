import { UsageError } from '../../../ops/errors';
import { findJob, readStage, tableJobs } from '../../../ops/jobs/table';
import { readSettings } from '../../../stages/settings';

const { settings } = readSettings({});
const LOCATION = { project: 'my-project', region: 'australia-southeast1' };

const find = (...given: [string, string?]) => findJob({ settings, location: LOCATION }, ...given);

function mistakeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error('no error was thrown');
}

it.each<[readonly [string, string?], string]>([
  [['validibot-clear-sessions-dev'], 'validibot-clear-sessions-dev'],
  [['validibot-clear-sessions'], 'validibot-clear-sessions'],
  [['clear-sessions', 'dev'], 'validibot-clear-sessions-dev'],
  [['clear-sessions', 'prod'], 'validibot-clear-sessions'],
  [['validibot-clear-sessions-staging', 'staging'], 'validibot-clear-sessions-staging'],
])('finds the job named by %j', (given, name) => {
  expect(find(...given).name).toBe(name);
});

it('suggests the most similar job', () => {
  expect(mistakeOf(() => find('validibot-clear-sesions-dev'))).toContain(
    'Invalid job "validibot-clear-sesions-dev": is not a job in the table; the closest is ' +
      'validibot-clear-sessions-dev. Expected: ',
  );
});

it('never offers a similar job as the fix', () => {
  const mistake = mistakeOf(() => find('validibot-purge-expired-outputs-dev'));
  expect(mistake).toContain('the closest is validibot-purge-expired-submissions-dev');
  expect(mistake).toMatch(
    /Fix: name a job in the table, or use `gcloud scheduler jobs` for any other\.$/,
  );
});

it.each([
  ['clear-sessions-dev', 'validibot-clear-sessions-dev'],
  ['validibot-clear-sessions-development', 'validibot-clear-sessions-dev'],
  ['clear-sessions-prod', 'validibot-clear-sessions'],
  ['validibot-clear-sessions-prod', 'validibot-clear-sessions'],
  ['validibot-clear-session-dev', 'validibot-clear-sessions-dev'],
  ['clear_sessions_dev', 'validibot-clear-sessions-dev'],
  ['Validibot-Clear-Sessions-Dev', 'validibot-clear-sessions-dev'],
])('recognizes the job of %s', (given, meant) => {
  expect(mistakeOf(() => find(given))).toContain(`the closest is ${meant}.`);
});

it('suggests the most similar task', () => {
  expect(mistakeOf(() => find('clear-session', 'dev'))).toBe(
    'Invalid task "clear-session": no such task. Expected: clear-sessions, ' +
      'cleanup-idempotency-keys, cleanup-callback-receipts, purge-expired-submissions, ' +
      'process-purge-retries, cleanup-stuck-runs. Fix: use clear-sessions.',
  );
});

it('requires a stage for a task', () => {
  expect(mistakeOf(() => find('clear-sessions'))).toBe(
    'Invalid job "clear-sessions": a task requires a stage. Expected: ' +
      'validibot-clear-sessions-dev, validibot-clear-sessions-staging, validibot-clear-sessions. ' +
      'Fix: add a stage: clear-sessions dev|staging|prod.',
  );
});

it('suggests the most similar stage', () => {
  expect(mistakeOf(() => readStage('stagin'))).toBe(
    'Invalid stage "stagin": no such stage. Expected: dev, staging, prod. Fix: use staging.',
  );
  for (const [given, stage] of Object.entries({
    production: 'prod',
    prd: 'prod',
    development: 'dev',
    Staging: 'staging',
    stg: 'staging',
  })) {
    expect(mistakeOf(() => readStage(given))).toContain(`Fix: use ${stage}.`);
  }
  expect(mistakeOf(() => find('clear-sessions', 'qa'))).toContain('use one of these');
});

it('lists every job of every stage', () => {
  expect(tableJobs({ settings, location: LOCATION })).toHaveLength(18);
});

it('uses the app name of the settings', () => {
  const other = { ...settings, appName: 'other' };
  expect(findJob({ settings: other, location: LOCATION }, 'clear-sessions', 'dev').name).toBe(
    'other-clear-sessions-dev',
  );
});
