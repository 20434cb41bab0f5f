import { describeMistake } from '../../constructs/core/mistake';
import { readImports } from '../../stages/imports';
import { configurationOfStage } from '../support/stages';

const ALL = [
  'clear-sessions',
  'cleanup-idempotency-keys',
  'cleanup-callback-receipts',
  'purge-expired-submissions',
  'process-purge-retries',
  'cleanup-stuck-runs',
];

/** The jobs in `IMPORT_EXISTING`, as plain data. */
function importsOf(value: string): unknown {
  const { imports, mistakes } = readImports({ IMPORT_EXISTING: value });
  expect(mistakes).toEqual([]);
  return Object.fromEntries([...imports].map(([stage, tasks]) => [stage, [...tasks]]));
}

it.each([
  ['prod', { prod: ALL }],
  ['prod,dev', { prod: ALL, dev: ALL }],
  ['prod,prod', { prod: ALL }],
  ['prod/clear-sessions', { prod: ['clear-sessions'] }],
  [
    'prod/clear-sessions,prod/cleanup-stuck-runs',
    { prod: ['clear-sessions', 'cleanup-stuck-runs'] },
  ],
  ['prod/clear-sessions,dev', { prod: ['clear-sessions'], dev: ALL }],
  ['dev/clear-sessions,dev', { dev: ALL }],
])('reads IMPORT_EXISTING=%s', (value, expected) => {
  expect(importsOf(value)).toEqual(expected);
});

const STAGES = 'dev, staging, prod';
const FORM = {
  expected: 'comma-separated STAGE or STAGE/TASK',
  fix: 'write it like prod or prod/clear-sessions,prod/cleanup-stuck-runs',
};

it.each([
  ['prdo', '"prdo" is not a stage', STAGES, 'use prod'],
  ['production', '"production" is not a stage', STAGES, 'use prod'],
  ['PROD', '"PROD" is not a stage', STAGES, 'use prod'],
  ['prod dev', '"prod dev" is not a stage', STAGES, 'use one of these'],
  ['dev, prod', '" prod" is not a stage', STAGES, 'use prod'],
  ['prod/clear-session', '"clear-session" is not a task', ALL.join(', '), 'use clear-sessions'],
  ['prod/', '"" is not a task', ALL.join(', '), 'use one of these'],
  ['prod/validibot', '"validibot" is not a task', ALL.join(', '), 'use one of these'],
  ['prod,', 'must not have an empty item', FORM.expected, FORM.fix],
  [',', 'must not have an empty item', FORM.expected, FORM.fix],
  ['prod, ,dev', 'must not have an empty item', FORM.expected, FORM.fix],
  ['prod/clear-sessions/', '"prod/clear-sessions/" has too many slashes', FORM.expected, FORM.fix],
])('rejects IMPORT_EXISTING=%j', (value, wrong, expected, fix) => {
  const [message] = readImports({ IMPORT_EXISTING: value }).mistakes.map(describeMistake);

  expect(message).toBe(
    `Invalid IMPORT_EXISTING ${JSON.stringify(value)}: ${wrong}. Expected: ${expected}. Fix: ${fix}.`,
  );
});

it('reports each invalid item', () => {
  const { mistakes } = readImports({ IMPORT_EXISTING: 'prdo,dev,staging/x,' });

  expect(mistakes.map((mistake) => mistake.wrong)).toEqual([
    '"prdo" is not a stage',
    '"x" is not a task',
    'must not have an empty item',
  ]);
});

describe('a stack', () => {
  it('has no import blocks without it', () => {
    expect(configurationOfStage('prod')).not.toHaveProperty('import');
    expect(configurationOfStage('dev', { IMPORT_EXISTING: 'prod' })).not.toHaveProperty('import');
  });

  it('imports every job of its stage, in any project', () => {
    const blocks = configurationOfStage('dev', { IMPORT_EXISTING: 'dev' }).import;

    expect(blocks).toEqual(
      ALL.map((task) => ({
        id: `projects/\${var.project_id}/locations/australia-southeast1/jobs/validibot-${task}-dev`,
        to: `google_cloud_scheduler_job.${task}`,
      })),
    );
  });

  it('imports only the named job', () => {
    const env = {
      IMPORT_EXISTING: 'prod/clear-sessions',
      GCP_REGION: 'us-central1',
      GCP_APP_NAME: 'x',
    };

    expect(configurationOfStage('prod', env).import).toEqual([
      {
        id: 'projects/${var.project_id}/locations/us-central1/jobs/x-clear-sessions',
        to: 'google_cloud_scheduler_job.clear-sessions',
      },
    ]);
  });
});
